import type { Containment } from '../message/containment.ts'
import type { Profile } from '../profile/profile.ts'
import type { Key, Table } from '../storage/storage.ts'
import type { PackedObservation } from './habits/packed-observation.ts'
import type { RememberedAnswer, SenderKey, VerdictRecord } from './sender-store.ts'
import type { UsageRecord } from './usage.ts'

/** A sender's profile as it stands. */
export interface Checkpoint {
  readonly profile: Profile
  /** Number of the last journal entry; null in a store written before profiles had a base. */
  readonly last: number | null
  /** Differs after each time that a message was learned anew; 0 or absent: none was. */
  readonly revision?: number
  /** How often the sender's habits were written: the number of their last change. */
  readonly changes?: number
}

/** The profile as it stood after journal entry `through`: with the entries since then folded in, it is the checkpoint's. */
export interface Base {
  readonly profile: Profile
  readonly through: number
}

export interface JournalRecord {
  readonly submissionId: string
  readonly observation: PackedObservation
  readonly confirmed?: true
}

/** Where a sender store keeps things. */
export interface SenderTables {
  /** By sender. */
  readonly profiles: Pick<Table<Checkpoint>, 'get' | 'put' | 'remove'>
  /** By sender; of senders with messages older than their journal. */
  readonly bases: Pick<Table<Base>, 'get' | 'put' | 'remove'>
  readonly usage: Table<UsageRecord>
  readonly containment: Table<Containment>
  /** By [sender, number of the message among the sender's], numbers given once. */
  readonly journal: Table<JournalRecord>
  /** By [sender, idempotency key]. */
  readonly answers: Table<RememberedAnswer>
  /** By verdict id. */
  readonly verdicts: Table<VerdictRecord>
  /** By [sender, epoch ms, verdict id]. */
  readonly verdictsOf: Table<true>
  /** By [due time, kind, key of the thing]: what `expire` drops, in order. */
  readonly expiry: Table<true>
}

export type ExpiringKind = 'journal' | 'answers' | 'verdicts'

/** [epoch ms, kind, …key of the thing]. */
export function expiryKey(at: number, kind: ExpiringKind, key: Key): readonly (string | number)[] {
  return [at, kind, ...(typeof key === 'object' ? key : [key])]
}

/** A thing that an expiry key names: a sender's journal, an answer, a verdict. */
export type Expiring = { readonly kind: 'journal'; readonly sender: SenderKey } | ExpiringVerdict

export interface ExpiringVerdict {
  readonly kind: 'answers' | 'verdicts'
  readonly key: Key
}

/** The thing that an expiry key names, undefined if it names nothing known. */
export function expiringOf(stored: Key): Expiring | undefined {
  if (typeof stored !== 'object') return undefined
  const [, kind, first, ...parts] = stored
  if (first === undefined) return undefined
  // Older stores name the entry too
  if (kind === 'journal') return { kind, sender: String(first) }
  if (kind !== 'answers' && kind !== 'verdicts') return undefined
  return { kind, key: parts.length === 0 ? first : [first, ...parts] }
}

interface KeyRange {
  readonly start: Key
  readonly end: Key
}

/** The half-open range of a sender's rows in the tables by [sender, number, …]: its journal, its verdicts. */
export function numberedRange(sender: SenderKey): KeyRange {
  return { start: [sender, 0], end: [sender, Number.MAX_SAFE_INTEGER] }
}

/** The half-open range of a sender's answers; keys of answers are ASCII. */
export function answersRange(sender: SenderKey): KeyRange {
  return { start: [sender, ''], end: [sender, '\u007f'] }
}
