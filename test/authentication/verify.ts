import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { toResolver } from '../../service/authentication/spf/forecast-spf.ts'
import { zone, type Zone } from '../delivery/zone.ts'

/** TXT records of a zone, a text a name. */
export function texts(records: Readonly<Record<string, string>>): Zone {
  return Object.fromEntries(Object.entries(records).map(([name, text]) => [name, { TXT: [[text]] }]))
}

/** What a strict verifier says of each signature: `sluice1-rsa pass`. */
export async function verify(
  raw: Uint8Array | string,
  records: Readonly<Record<string, string>>
): Promise<readonly string[]> {
  const { results } = await dkimVerify(Buffer.from(raw), {
    resolver: toResolver(zone(texts(records))),
    strict: true
  })
  return results.map(({ selector, status }) => `${selector} ${status.result}`)
}
