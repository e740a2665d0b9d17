import { foldObservation, type HabitObservation } from '../../profile/fold-observation.ts'
import { emptyProfile } from '../../profile/profile.ts'
import type { PastLearned, PastMessage, SenderKey } from '../sender-store.ts'
import type { Base, JournalRecord } from '../sender-tables.ts'
import type { HabitTables, ReadCheckpoint } from './checkpoints.ts'
import { packObservation } from './packed-observation.ts'
import { journalLifeMs, refolded, type NumberedRecord, type SenderJournal } from './sender-journal.ts'

export interface LearnPastOptions {
  readonly journal: SenderJournal
  readonly checkpoint: ReadCheckpoint
  /** What was known of the journal beside it is wrong now. */
  readonly onChanged: (sender: SenderKey) => void
  readonly maxJournalEntries: number
}

/** See `SenderStore.learnPast`. */
export type LearnPast = (
  sender: SenderKey,
  messages: readonly PastMessage[],
  now: number
) => readonly PastLearned[]

/** Where the messages of one call go. */
interface Sorted {
  readonly outcomes: readonly PastLearned[]
  /** Older than anything in the journal, and too old for it. */
  readonly intoBase: readonly HabitObservation[]
  readonly intoJournal: readonly JournalRecord[]
}

/**
 * What was sent before takes its place in time: below the journal, or between its entries. A base can't be taken apart again: what is older
 * than the latest message in it comes too late.
 */
export function createLearnPast({ profiles, bases }: HabitTables, options: LearnPastOptions): LearnPast {
  const { journal, checkpoint, onChanged, maxJournalEntries } = options
  const newcomer = emptyProfile()

  return function learnPast(sender, messages, now) {
    const { profile, last } = checkpoint(sender)
    const entries = Array.from(journal.entries(sender))
    const base = bases.get(sender) ?? { profile: newcomer, through: 0 }
    const { outcomes, intoBase, intoJournal } = sortOut(messages, base, entries, now)
    if (intoBase.length + intoJournal.length === 0) return outcomes
    if (intoBase.length > 0)
      bases.put(sender, {
        ...base,
        profile: intoBase.reduce((before, observation) => foldObservation(before, observation), base.profile)
      })
    const placed = insert(journal, sender, { entries, records: intoJournal, last })
    const isAppended = intoBase.length === 0 && placed.length === intoJournal.length
    profiles.put(sender, {
      profile: isAppended ? placed.reduce(refolded, profile) : journal.replayed(sender),
      last: last + placed.length
    })
    onChanged(sender)
    const surplus = entries.length + intoJournal.length - maxJournalEntries
    if (surplus > 0) journal.moveToBase(sender, () => true, surplus)
    return outcomes
  }
}

function sortOut(
  messages: readonly PastMessage[],
  base: Base,
  entries: readonly NumberedRecord[],
  now: number
): Sorted {
  const known = new Set(entries.map(({ record }) => record.observation.thread.messageId))
  known.delete('')
  const [first] = entries
  const firstAt = first?.record.observation.receivedAt ?? Infinity
  const intoBase: HabitObservation[] = []
  const intoJournal: JournalRecord[] = []
  let foldedUntil = base.profile.lastAt
  const outcomes = messages.map(({ submissionId, observation }): PastLearned => {
    const { receivedAt, thread } = observation
    if (known.has(thread.messageId)) return 'known'
    if (receivedAt < foldedUntil) return 'late'
    if (now - receivedAt >= journalLifeMs && receivedAt <= firstAt) {
      intoBase.push(observation)
      foldedUntil = receivedAt
    } else intoJournal.push({ submissionId, observation: packObservation(observation) })
    return 'learned'
  })
  return { outcomes, intoBase, intoJournal }
}

interface Insertion {
  readonly entries: readonly NumberedRecord[]
  readonly records: readonly JournalRecord[]
  /** The last number that was given. */
  readonly last: number
}

/** Numbers are given once: what stands behind the first of the records moves to new ones. Gives what was placed, in order. */
function insert(
  journal: SenderJournal,
  sender: SenderKey,
  { entries, records, last }: Insertion
): readonly NumberedRecord[] {
  if (records.length === 0) return []
  const earliest = Math.min(...records.map(atOf))
  const place = entries.findIndex((entry) => atOf(entry.record) > earliest)
  const [head, tail] = place < 0 ? [entries, []] : [entries.slice(0, place), entries.slice(place)]
  journal.drop(sender, tail, head)
  const placed = [...tail.map(({ record }) => record), ...records]
    .toSorted((one, other) => atOf(one) - atOf(other))
    .map((record, index) => ({ number: last + index + 1, record }))
  for (const entry of placed) journal.put(sender, entry)
  return placed
}

function atOf({ observation }: JournalRecord): number {
  return observation.receivedAt
}
