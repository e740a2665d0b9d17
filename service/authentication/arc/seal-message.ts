import { createSeal } from 'mailauth/lib/arc/index.js'
import type { SigningKey } from '../dkim/sign-message.ts'
import { inTurns } from '../dkim/verifiable.ts'
import type { ArrivalResults } from './authenticate-arrival.ts'

export type Sealed =
  | { readonly kind: 'sealed'; readonly fields: string; readonly instance: number }
  | { readonly kind: 'unsealed'; readonly why: string }

/**
 * One ARC set more (RFC 8617 section 5.1): what we saw of the message when it came, signed together with the message as it leaves. RSA keys
 * only: ARC validators take no other (section 4.1 of the RFC names rsa-sha256 alone).
 */
export async function sealMessage(
  outgoing: Uint8Array,
  { authResults, chain, maySeal }: ArrivalResults,
  keys: readonly SigningKey[],
  /** Epoch ms. */
  now: number
): Promise<Sealed> {
  const key = keys.find(({ algorithm }) => algorithm === 'rsa-sha256')
  if (key === undefined) return { kind: 'unsealed', why: 'ARC needs an RSA key' }
  if (!maySeal) return { kind: 'unsealed', why: 'its ARC chain was broken before' }
  const { headers, errors } = await createSeal(inTurns(outgoing), {
    seal: {
      signingDomain: key.domain,
      selector: key.selector,
      privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cv: chain,
      authResults,
      signTime: new Date(now)
    }
  })
  const instance = Number(/\bi=(\d+)/u.exec(headers[0] ?? '')?.[1] ?? 0)
  if (headers.length > 0)
    return { kind: 'sealed', fields: headers.map((field) => `${field}\r\n`).join(''), instance }
  return { kind: 'unsealed', why: errors[0]?.err.message ?? 'no ARC set could be made' }
}
