import { isAscii } from 'node:buffer'
import { headerLength } from '../../message/header-block.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Connected } from '../hosts/connect.ts'
import type { Depart } from '../outgoing/depart.ts'
import { isEightBit } from '../outgoing/outgoing.ts'
import type { ReturnPath } from '../outgoing/return-path.ts'
import type { RecipientResult } from '../session/reply.ts'
import type { SendOutcome } from '../session/smtp-session.ts'
import type { Job } from './lane.ts'

export interface TransmitLimits {
  readonly attemptTimeoutMs: number
  readonly failpoint: Failpoint
  readonly depart: Depart
  /** Default: the sender's own address. */
  readonly returnPath?: ReturnPath | undefined
}

export interface Transmitted extends SendOutcome {
  /** What was signed; null: nobody looked, or it never left. */
  readonly signing: string | null
}

/** RFC 6710: what the labels come to (the policy's own values; what a client wished is no more than a wish). */
const priorities = { urgent: 4, normal: 0, bulk: -4 } as const

/** Sends one message to the recipients of one job. Never rejects because of the other side. */
export async function transmit(
  { session }: Connected,
  message: QueuedMessage,
  raw: Uint8Array,
  { recipients, destination }: Job,
  { attemptTimeoutMs, failpoint, depart, returnPath }: TransmitLimits
): Promise<Transmitted> {
  const { offers } = session
  const utf8Header = hasUtf8Header(message, raw)
  // RFC 6531 section 3.1: who takes SMTPUTF8 takes eight bits; a header that needs it cannot be brought into seven
  const eightBitMime = offers.eightBitMime || offers.smtpUtf8 || utf8Header
  const departure = await depart(message, raw, { eightBitMime })
  if (departure === null)
    return { results: new Map(recipients.map((one) => [one, noEightBit])), reusable: true, signing: null }
  const { bytes, signing } = departure
  const timer = setTimeout(() => session.abort(), attemptTimeoutMs)
  const envelope = {
    from: returnPath?.(message, recipients, destination.route) ?? message.envelope.mailFrom,
    to: recipients,
    size: bytes.length,
    eightBit: isEightBit(bytes),
    utf8Header,
    parameters: message.parameters,
    priority: priorities[message.label]
  }
  const sending = session.send(envelope, bytes)
  failpoint('during-delivery')
  try {
    return { ...(await sending), signing }
  } finally {
    clearTimeout(timer)
  }
}

/** It was handed in as internationalised, and is: many clients say so of everything. */
function hasUtf8Header({ parameters }: QueuedMessage, raw: Uint8Array): boolean {
  return parameters?.smtpUtf8 === true && !isAscii(raw.subarray(0, headerLength(raw)))
}

/** RFC 6152 section 3, with the status of RFC 3463 section 3.7. */
const noEightBit: RecipientResult = {
  kind: 'failed',
  reply: 'the next host takes seven bits only (no 8BITMIME), and the message cannot be converted',
  status: '5.6.3'
}
