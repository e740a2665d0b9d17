import type { ObservedRecipient } from '../../observation/observation.ts'
import type { EarlierVerdict } from '../scoring-ports.ts'

/**
 * A message that a mail server asked about, as it is remembered for its next question: people as keyed hashes, bytes as a digest. What it did
 * to its sender is noted, so that it is done once.
 */
export interface KnownMessage extends EarlierVerdict {
  /** Of its first question: every effect is recorded under it. */
  readonly submissionId: string
  readonly receivedAt: number
  /** Epoch ms at which it was judged last. */
  readonly judgedAt: number
  /** Digest of its bytes; null: only its envelope was shown so far. */
  readonly content: string | null
  /** All that were asked about, at most `maxKnownRecipients`. */
  readonly recipients: readonly ObservedRecipient[]
  /** So many of them, the first ones, are charged, and with them the message. null: nothing is. */
  readonly charged: number | null
  readonly external: boolean
  readonly isLearned: boolean
  readonly isCounted: boolean
  /** Its last question came from a client in shadow mode. */
  readonly isShadow: boolean
}

/** As many as Postfix lets a message have (`smtpd_recipient_limit`). More of them are not known again: what is asked anew is charged anew. */
export const maxKnownRecipients = 1_000

/** What a question shows of the message that it is about. */
export interface Asked {
  readonly at: number
  /** Digest of the bytes; null: only the envelope is shown. */
  readonly content: string | null
  readonly recipients: readonly ObservedRecipient[]
  /** A held message is refused: the client will come again. */
  readonly isRefusing: boolean
  /** Its answer is `allow` whatever is judged, and is none for those who do as they are told. */
  readonly isShadow: boolean
}

/**
 * Short queue ids are given anew, and without bytes only time tells two messages with one id apart: longer than this no client takes from
 * its first recipient to the end of its message.
 */
const unprovenLifeMs = 3_600_000

/** Whoever was told to come again comes after minutes, and is then judged by what is known then. */
const refusalLifeMs = 300_000

/** `same`: answered already. `more`: the same message, with people or content that it did not show before, or asked about in the other mode. `other`: another message. */
export function relationOf(known: KnownMessage, asked: Asked): 'same' | 'more' | 'other' {
  const age = Math.abs(asked.at - known.judgedAt)
  const isProven = known.content !== null && asked.content !== null
  if (isProven ? known.content !== asked.content : age >= unprovenLifeMs) return 'other'
  if (asked.isRefusing && known.answer.verdict === 'hold' && age >= refusalLifeMs) return 'other'
  if (known.content === null && asked.content !== null) return 'more'
  if (known.isShadow !== asked.isShadow) return 'more'
  const people = new Set(known.recipients.map(({ person }) => person))
  return asked.recipients.every(({ person }) => people.has(person)) ? 'same' : 'more'
}
