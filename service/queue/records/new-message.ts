import { crc32 } from 'node:zlib'
import type { Envelope } from '../../message/envelope.ts'
import type { MailParameters } from '../../message/mail-parameters.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'
import type { MessageOrigin, MessageState, QueuedMessage, RecipientOutcome } from './queued-message.ts'

/** What a door or a notice hands to the queue. */
export interface NewMessage {
  readonly id: string
  readonly submissionId: string
  readonly verdictId: string
  readonly senderId: string
  readonly envelope: Envelope
  readonly parameters?: MailParameters
  readonly label: PriorityLabel
  /** RFC 5322 bytes as they were handed in; trace fields are added and Bcc is taken out when the message leaves. */
  readonly raw: Uint8Array
  readonly messageId: string | null
  readonly subject: string
  readonly language?: string
  readonly origin: MessageOrigin
  /** Epoch ms. */
  readonly acceptedAt: number
}

export interface NewHold {
  readonly reasons: readonly string[]
  readonly risk: number
  /** Epoch ms. */
  readonly deadline: number
  readonly isSoft?: boolean
}

/** A subject is for finding the message again, not for reading it. */
const maxSubjectLength = 200

/** The record of a message that is taken in at `now`: it is due at once. */
export function toRecord(
  { raw, ...message }: NewMessage,
  state: MessageState,
  hold: NewHold | null,
  now: number
): QueuedMessage {
  return {
    ...message,
    subject: message.subject.slice(0, maxSubjectLength),
    state,
    recipients: message.envelope.rcptTo.map(pending),
    attempts: 0,
    nextAttemptAt: now,
    sizeBytes: raw.length,
    bodyCrc: crc32(raw),
    hold: hold && { ...hold, heldAt: now, decision: null },
    attemptLog: [],
    finishedAt: null
  }
}

function pending(address: string): RecipientOutcome {
  return { address, state: 'pending', reply: null, status: null, mx: null, at: null }
}
