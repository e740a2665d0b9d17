import type { Containment } from '../message/containment.ts'
import type { Profile } from '../profile/profile.ts'
import type { Key, Table } from '../storage/storage.ts'
import type { PackedObservation } from './packed-observation.ts'
import type { RememberedAnswer, SenderKey, VerdictRecord } from './sender-store.ts'
import type { UsageRecord } from './usage.ts'

/** Where a sender store keeps things. */
export interface SenderTables {
  /** By sender. */
  readonly profiles: Pick<Table<Profile>, 'get' | 'put'>
  readonly usage: Table<UsageRecord>
  readonly containment: Table<Containment>
  /** By [sender, number of the message among the sender's]. */
  readonly journal: Table<{ readonly submissionId: string; readonly observation: PackedObservation }>
  /** By idempotency key. */
  readonly answers: Table<RememberedAnswer>
  /** By verdict id. */
  readonly verdicts: Table<VerdictRecord>
  /** By [due time, kind, key of the thing]: what `expire` drops, in order. */
  readonly expiry: Table<true>
}

export type ExpiringKind = 'journal' | 'answers' | 'verdicts'

/** [epoch ms, kind, …key of the thing]. */
export function expiryKey(at: number, kind: ExpiringKind, key: Key): Key {
  return [at, kind, ...(typeof key === 'object' ? key : [key])]
}

export interface Expiring {
  readonly kind: ExpiringKind
  readonly key: Key
}

/** The thing that an expiry key names, undefined if it names nothing known. */
export function expiringOf(stored: Key): Expiring | undefined {
  if (typeof stored !== 'object') return undefined
  const [, kind, ...parts] = stored
  const [first] = parts
  if (first === undefined || (kind !== 'journal' && kind !== 'answers' && kind !== 'verdicts'))
    return undefined
  return { kind, key: parts.length === 1 ? first : parts }
}

/** The half-open range of a sender's journal. */
export function journalRange(sender: SenderKey): { readonly start: Key; readonly end: Key } {
  return { start: [sender, 0], end: [sender, Number.MAX_SAFE_INTEGER] }
}
