import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { toOutgoing } from './outgoing.ts'
import { withWholeLineEnds } from './line-ends.ts'

/** A message as it leaves. */
export interface Departure {
  readonly bytes: Buffer
  /** What was signed, and why not, for its story; null: nobody looked. */
  readonly signing: string | null
}

export type Depart = (message: QueuedMessage, raw: Uint8Array) => Promise<Departure>

/** Fields to go before the outgoing bytes, each ending with CRLF; never rejects. */
export type Sign = (
  message: QueuedMessage,
  raw: Uint8Array,
  outgoing: Uint8Array
) => Promise<{ readonly fields: string; readonly told: string }>

/** Trace fields in front, blind copies out, line ends as SMTP has them; then, over exactly these bytes, the signatures. */
export function createDepart(sign: Sign | undefined): Depart {
  return async function depart(message, raw) {
    const outgoing = withWholeLineEnds(toOutgoing(raw, message.origin.trace))
    if (sign === undefined) return { bytes: outgoing, signing: null }
    const { fields, told } = await sign(message, raw, outgoing)
    return { bytes: Buffer.concat([Buffer.from(fields), outgoing]), signing: told }
  }
}
