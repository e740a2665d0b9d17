import type { Containment } from '../message/containment.ts'
import type { Observation } from '../observation/observation.ts'
import type { HabitObservation } from '../profile/fold-observation.ts'
import type { Profile } from '../profile/profile.ts'

/** Keyed hash of the sender's identity: the store never holds the address itself. */
export type SenderKey = string

/** Messages, recipients and never-seen recipients in the last hour and day before a moment. */
export interface LimitUsage {
  readonly messagesLastHour: number
  readonly messagesLastDay: number
  readonly recipientsLastHour: number
  readonly recipientsLastDay: number
  readonly newRecipientsLastDay: number
}

export interface SenderSnapshot {
  readonly profile: Profile
  readonly containment: Containment
  readonly usage: LimitUsage
}

export interface Charge {
  /** Epoch ms. */
  readonly at: number
  readonly recipients: number
  readonly newRecipients: number
}

/** The first answer to an idempotency key, kept 24 h with a digest of bytes and envelope. `answer` is a Verdict. */
export interface RememberedAnswer {
  readonly digest: string
  readonly at: number
  readonly answer: unknown
}

/** What is kept of a verdict so that feedback and support can find it later; no message text. */
export interface VerdictRecord {
  readonly id: string
  readonly sender: SenderKey
  readonly at: number
  readonly messageId: string | null
  readonly answer: unknown
}

/** What a profile learned from one message. `number` is its place among the sender's learned messages. */
export interface JournalEntry {
  readonly number: number
  readonly submissionId: string
  readonly observation: HabitObservation
}

/**
 * Everything Sluice remembers of senders. Reads answer at once; writes are synchronous and only allowed inside
 * `Storage.transaction`, so that they commit together with the message's other effects.
 * Implementations: LMDB, in memory (backtest, tests); Redis later. One contract suite runs on each.
 */
export interface SenderStore {
  keyOf(senderId: string): SenderKey
  snapshot(sender: SenderKey, at: number): SenderSnapshot
  /** Only what the limits need: asked again inside the transaction, where a concurrent message may just have been charged. Cheap. */
  usage(sender: SenderKey, at: number): LimitUsage
  charge(sender: SenderKey, charge: Charge): void
  /** Folds the observation into the profile and appends it to the 30-day journal under `submissionId`. */
  learn(sender: SenderKey, submissionId: string, observation: Observation): void
  /** The learned messages of the last 30 days, at most `maxJournalEntries`, oldest first. */
  journal(sender: SenderKey): Iterable<JournalEntry>
  /** Sets the sender's containment; `normal` until then. */
  contain(sender: SenderKey, containment: Containment): void
  remembered(key: string, at: number): RememberedAnswer | undefined
  remember(key: string, answer: RememberedAnswer): void
  recordVerdict(record: VerdictRecord): void
  verdict(id: string): VerdictRecord | undefined
  /** Drops what is past its time: idempotency keys after 24 h, journal and verdicts after 30 days. Bounded work per call; gives the number dropped. */
  expire(now: number): number
}
