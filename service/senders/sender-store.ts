import type { Containment } from '../message/containment.ts'
import type { HabitObservation } from '../profile/fold-observation.ts'
import type { Profile } from '../profile/profile.ts'
import type { Priors } from './priors/priors.ts'

/** Keyed hash of the sender's identity: the store never holds the address itself. */
export type SenderKey = string

/** Messages, recipients and never-seen recipients in the last minute, hour and day before a moment. */
export interface LimitUsage {
  readonly messagesLastMinute: number
  readonly messagesLastHour: number
  readonly messagesLastDay: number
  readonly recipientsLastMinute: number
  readonly recipientsLastHour: number
  readonly recipientsLastDay: number
  readonly newRecipientsLastMinute: number
  readonly newRecipientsLastHour: number
  readonly newRecipientsLastDay: number
  /** Earlier days on which something was charged, oldest first, at most 60: one number a day in each list. */
  readonly past: {
    /** Days since 1970, UTC. */
    readonly day: readonly number[]
    readonly messages: readonly number[]
    readonly recipients: readonly number[]
    readonly newRecipients: readonly number[]
    /** The most within an hour. */
    readonly messagesInHour: readonly number[]
    readonly recipientsInHour: readonly number[]
    readonly newRecipientsInHour: readonly number[]
  }
}

export type UsageWindow = 'minute' | 'hour' | 'day'
export type UsageCount = 'messages' | 'recipients' | 'newRecipients'

export interface SenderSnapshot {
  readonly profile: Profile
  readonly containment: Containment
  readonly usage: LimitUsage
  /** Number of the last change of the habits: see `SenderStore.habits`. */
  readonly habits: number
}

export interface Charge {
  /** Epoch ms. */
  readonly at: number
  /** 0: more recipients of a message that was charged before. Default 1. */
  readonly messages?: 0 | 1
  readonly recipients: number
  readonly newRecipients: number
}

/** What is known of an idempotency key, kept 24 h with a digest of what was asked. What `answer` is, scoring knows. */
export interface RememberedAnswer {
  readonly digest: string
  readonly at: number
  readonly answer: unknown
}

/** How a message is learned. */
export interface LearnOptions {
  /** An operator or the sender vouched for the message: all that it shows is learned, new as it may be (docs/decisions/0007). */
  readonly confirmed?: boolean
  /** More of the message may come: what the sender's habits were before it is kept at hand, so that it can be learned anew. */
  readonly mayGrow?: boolean
  /** Learned with its own verdict, which tells of it: no listener needs to be told, unless the message may grow. */
  readonly withVerdict?: boolean
}

/** What is kept of a verdict so that feedback and support can find it later; no message text. */
export interface VerdictRecord {
  readonly id: string
  /** Under which the message was learned, if it was. */
  readonly submissionId: string
  readonly sender: SenderKey
  readonly at: number
  readonly messageId: string | null
  readonly answer: unknown
  /** What campaign memory knows the body by; null: too short. */
  readonly fingerprint?: string | null
  /** Version of the installation's counts that it was judged by. */
  readonly priors?: number
}

/** A message that was sent before, of which Sluice is told now. */
export interface PastMessage {
  readonly submissionId: string
  readonly observation: HabitObservation
}

/** `known`: the journal holds it. `late`: habits have been learned beyond it that can't be taken apart again. */
export type PastLearned = 'learned' | 'known' | 'late'

/** What a profile learned from one message. `number` is its place among the sender's learned messages. */
export interface JournalEntry {
  readonly number: number
  readonly submissionId: string
  readonly observation: HabitObservation
  readonly confirmed: boolean
}

/**
 * Everything Sluice remembers of senders. Reads answer at once; writes are synchronous and only allowed inside
 * `Storage.transaction`, so that they commit together with the message's other effects.
 * Implementations: LMDB, in memory (backtest, tests); Redis later. One contract suite runs on each.
 */
export interface SenderStore {
  /** What the installation's senders do, counted as their profiles change. */
  readonly priors: Priors
  /** The same for each spelling of a sender that `identity` gives; tells of the sender's domain only which senders share it. */
  keyOf(senderId: string): SenderKey
  snapshot(sender: SenderKey, at: number): SenderSnapshot
  /** Only what the limits need: asked again inside the transaction, where a concurrent message may just have been charged. Cheap. */
  usage(sender: SenderKey, at: number): LimitUsage
  charge(sender: SenderKey, charge: Charge): void
  /**
   * When the sender will have used at most `most` of a window, if nothing more is charged (epoch ms, `at` at the earliest); null: `most` is
   * below 0.
   */
  freeAt(sender: SenderKey, at: number, window: UsageWindow, count: UsageCount, most: number): number | null
  /** Folds the observation into the profile and appends it to the 30-day journal under `submissionId`. */
  learn(sender: SenderKey, submissionId: string, observation: HabitObservation, options?: LearnOptions): void
  /**
   * Learns messages of the past, oldest first, each in its place in time: the habits become those that would be there had Sluice seen them
   * then. Of the last 30 days they can be forgotten like any other. What took the place of a message, in their order; `now`: epoch ms.
   */
  learnPast(sender: SenderKey, messages: readonly PastMessage[], now: number): readonly PastLearned[]
  /**
   * Learns a message anew that was learned with `mayGrow`, in place of what it taught before; null: it teaches nothing any more. What cannot
   * be done quickly, because the habits before it are not at hand any more (a restart, hundreds of messages, a change of the journal), is
   * left as it was learned, or with null forgotten all the same.
   */
  relearn(sender: SenderKey, submissionId: string, observation: HabitObservation | null): void
  /** The habits before a message that was learned with `mayGrow`: it must not be judged by what itself has taught. */
  profileBefore(sender: SenderKey, submissionId: string): Profile | undefined
  /** The learned messages of the last 30 days, at most `maxJournalEntries`, oldest first. */
  journal(sender: SenderKey): Iterable<JournalEntry>
  /**
   * Forgets messages that turned out bad: the profile becomes what it would be had they never been learned. Gives how many of them
   * the journal held; older ones can't be told apart any more.
   */
  unlearn(sender: SenderKey, submissionIds: readonly string[]): number
  /** Vouches for messages learned before: what they showed is learned even where it was on probation. Gives how many the journal held. */
  confirm(sender: SenderKey, submissionIds: readonly string[]): number
  /** Forgets everything received at or after `since` (epoch ms), as far back as `rewindsTo`. Gives the number of messages forgotten. */
  rewind(sender: SenderKey, since: number): number
  /** The earliest moment (epoch ms) that `rewind` can go back to: what is older has left the journal. 0: to the first message. */
  rewindsTo(sender: SenderKey): number
  /** Folds the journal anew, after the way of folding has changed. */
  rebuild(sender: SenderKey): void
  /**
   * Removes everything kept of a sender, a bounded part of it with each call; gives how many things are left. Call it in one transaction
   * after another until it gives 0.
   */
  erase(sender: SenderKey): number
  /** Number of the last change of the sender's habits, from 1; rises by one with each. 0: nothing was ever learned. */
  habits(sender: SenderKey): number
  /** Cheap, unlike a snapshot. */
  containment(sender: SenderKey): Containment
  /** Sets the sender's containment; `normal` until then. */
  contain(sender: SenderKey, containment: Containment): void
  remembered(sender: SenderKey, key: string, at: number): RememberedAnswer | undefined
  remember(sender: SenderKey, key: string, answer: RememberedAnswer): void
  recordVerdict(record: VerdictRecord): void
  verdict(id: string): VerdictRecord | undefined
  /** The sender's verdicts of the last 30 days received at or after `since` (epoch ms), newest first. */
  verdictsOf(sender: SenderKey, since: number): Iterable<VerdictRecord>
  /** Drops what is past its time: idempotency keys after 24 h, journal and verdicts after 30 days. Bounded work per call; gives the number dropped. */
  expire(now: number): number
}
