import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { toOutgoing } from './outgoing.ts'
import { withWholeLineEnds } from './line-ends.ts'
import { toSevenBit } from './seven-bit.ts'

/** A message as it leaves. */
export interface Departure {
  readonly bytes: Buffer
  /** What was signed, and why not, for its story; null: nobody looked. */
  readonly signing: string | null
}

/** null: the host takes seven bits only, and the message cannot be brought into them. */
export type Depart = (
  message: QueuedMessage,
  raw: Uint8Array,
  host: { readonly eightBitMime: boolean }
) => Promise<Departure | null>

/** Fields to go before the outgoing bytes, each ending with CRLF; never rejects. */
export type Sign = (
  message: QueuedMessage,
  raw: Uint8Array,
  outgoing: Uint8Array
) => Promise<{ readonly fields: string; readonly told: string }>

/**
 * Trace fields in front, blind copies out, line ends as SMTP has them, seven bits for a host that takes no more; then, over exactly these
 * bytes, the signatures.
 */
export function createDepart(sign: Sign | undefined): Depart {
  return async function depart(message, raw, { eightBitMime }) {
    const whole = withWholeLineEnds(toOutgoing(raw, message.origin.trace))
    const outgoing = eightBitMime ? whole : toSevenBit(whole)
    if (outgoing === null) return null
    if (sign === undefined) return { bytes: outgoing, signing: null }
    const { fields, told } = await sign(message, raw, outgoing)
    return { bytes: Buffer.concat([Buffer.from(fields), outgoing]), signing: told }
  }
}
