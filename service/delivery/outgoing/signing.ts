import { authenticateArrival } from '../../authentication/arc/authenticate-arrival.ts'
import { sealMessage } from '../../authentication/arc/seal-message.ts'
import type { Keyring } from '../../authentication/dkim/keyring.ts'
import { signMessage, type SigningKey } from '../../authentication/dkim/sign-message.ts'
import { authorOf } from '../../authentication/dmarc/author-domain.ts'
import type { Resolve } from '../../authentication/dns/resolve.ts'
import { within } from '../../authentication/dns/within.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Sign } from './depart.ts'

export interface SigningOptions {
  readonly keyring: Keyring
  /** The domain of ours whose key seals relayed mail; null: none is sealed. */
  readonly arcDomain: string | null
  /** Our name in what we say of relayed mail. */
  readonly hostname: string
  readonly resolve: Resolve
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'error'>
}

/**
 * Signs what leaves: by DKIM for the domain of From where we have its key, with every key at once; by ARC what was only relayed. A
 * signature that it brought along stays. What cannot be signed leaves all the same, and its story says why.
 */
export function createSigning(options: SigningOptions): Sign {
  const { keyring, clock, log } = options
  return async function sign(message, raw, outgoing) {
    try {
      const author = await authorOf(outgoing)
      if (author.kind === 'none') return unsigned(`From names no single domain (${author.why})`)
      const found = await keyring.keysFor(author.domain)
      if (found.kind === 'keys') {
        const fields = await signMessage(outgoing, found.keys, Math.floor(clock() / 1_000))
        return { fields, told: `signed for ${found.domain} (${namesOf(found.keys)})` }
      }
      if (found.domain === null && isRelayed(message)) return await seal(message, raw, outgoing, options)
      return unsigned(found.why)
    } catch (error) {
      log.error('delivery.signing_failed', { id: message.id, error })
      return unsigned('signing failed; the log says why')
    }
  }
}

function unsigned(why: string) {
  return { fields: '', told: `unsigned: ${why}` }
}

function namesOf(keys: readonly SigningKey[]): string {
  return keys.map(({ selector }) => selector).join(', ')
}

/** Handed over by another host for whom we only pass it on: nobody logged in, and it is no report of ours. */
function isRelayed({ origin, senderId }: QueuedMessage): boolean {
  return origin.auth === null && origin.client.ip !== null && senderId !== ''
}

/** Whoever signs a message a hundred times over, with slow name servers, delays nobody but himself, and not for long. */
const maxArrivalMs = 15_000

async function seal(
  message: QueuedMessage,
  raw: Uint8Array,
  outgoing: Uint8Array,
  { keyring, arcDomain, hostname, resolve, clock }: SigningOptions
): ReturnType<Sign> {
  if (arcDomain === null) return unsigned('relayed, and no domain of ours seals')
  const found = await keyring.keysOf(arcDomain)
  if (found.kind === 'none') return unsigned(`relayed, and not sealed: ${found.why}`)
  const { ip, helo } = message.origin.client
  const arrival = { raw, mailFrom: message.envelope.mailFrom, ip, helo }
  const results = await within(authenticateArrival(arrival, hostname, resolve), maxArrivalMs, null)
  if (results === null) return unsigned('relayed, and not sealed: DNS took too long')
  const sealed = await sealMessage(outgoing, results, found.keys, clock())
  return sealed.kind === 'sealed'
    ? {
        fields: sealed.fields,
        told: `sealed by ${arcDomain} (ARC i=${sealed.instance}, cv=${results.chain})`
      }
    : unsigned(`relayed, and not sealed: ${sealed.why}`)
}
