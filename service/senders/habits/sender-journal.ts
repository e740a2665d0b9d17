import { foldObservation } from '../../profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../profile/profile.ts'
import { unpackObservation } from './packed-observation.ts'
import type { SenderKey } from '../sender-store.ts'
import { expiryKey, numberedRange, type JournalRecord, type SenderTables } from '../sender-tables.ts'

const dayMs = 86_400_000
export const journalLifeMs = 30 * dayMs

export interface NumberedRecord {
  readonly number: number
  readonly record: JournalRecord
}

/** A sender's journal, and the profile as it was before the journal: its base. */
export interface SenderJournal {
  /** Oldest first. */
  entries(sender: SenderKey, limit?: number): Iterable<NumberedRecord>
  /** Those from this number on, oldest first; and the one before it. */
  since(sender: SenderKey, number: number): Iterable<NumberedRecord>
  before(sender: SenderKey, number: number): NumberedRecord | undefined
  count(sender: SenderKey): number
  put(sender: SenderKey, entry: NumberedRecord): void
  /** Removes entries as if they had never been; `kept` are those that stay. */
  drop(sender: SenderKey, dropped: readonly NumberedRecord[], kept: readonly NumberedRecord[]): void
  /** Folds the oldest entries, while they are over, into the base, at most `limit`. Gives how many. */
  moveToBase(sender: SenderKey, isOver: (entry: NumberedRecord) => boolean, limit: number): number
  /** Base and journal folded together. */
  replayed(sender: SenderKey): Profile
}

export function createSenderJournal({
  bases,
  journal,
  expiry
}: Pick<SenderTables, 'bases' | 'journal' | 'expiry'>): SenderJournal {
  const newcomer = emptyProfile()
  const reading = readJournal(journal)
  const { entries } = reading

  /** Removes the expiry rows that none of `kept` needs. */
  function drop(
    sender: SenderKey,
    dropped: readonly NumberedRecord[],
    kept: readonly NumberedRecord[]
  ): void {
    for (const { number } of dropped) journal.remove([sender, number])
    const needed = new Set(kept.map(dueDay))
    for (const due of new Set(dropped.map(dueDay)))
      if (!needed.has(due)) expiry.remove(expiryKey(due, 'journal', sender))
  }

  function moveToBase(sender: SenderKey, isOver: (entry: NumberedRecord) => boolean, limit: number): number {
    const over: NumberedRecord[] = []
    for (const entry of entries(sender, limit + 1)) {
      // The days of the others have later rows behind them
      if (over.length === limit || !isOver(entry))
        return leave(sender, over, [entry, ...entries(sender, 1, true)])
      over.push(entry)
    }
    return leave(sender, over, [])
  }

  function leave(
    sender: SenderKey,
    over: readonly NumberedRecord[],
    kept: readonly NumberedRecord[]
  ): number {
    const through = over.at(-1)?.number
    if (through === undefined) return 0
    const before = bases.get(sender)?.profile ?? newcomer
    bases.put(sender, { profile: over.reduce(refolded, before), through })
    drop(sender, over, kept)
    return over.length
  }

  return {
    ...reading,
    count: (sender) => journal.count(numberedRange(sender)),
    put(sender, entry) {
      journal.put([sender, entry.number], entry.record)
      expiry.put(expiryKey(dueDay(entry), 'journal', sender), true)
    },
    drop,
    moveToBase,
    replayed(sender) {
      let profile = bases.get(sender)?.profile ?? newcomer
      for (const entry of entries(sender)) profile = refolded(profile, entry)
      return profile
    }
  }
}

function readJournal(journal: SenderTables['journal']) {
  return {
    entries: (sender: SenderKey, limit = Infinity, reverse = false): Iterable<NumberedRecord> => {
      const { start, end } = numberedRange(sender)
      return numbered(
        journal.range(reverse ? { start: end, end: start, reverse, limit } : { start, end, limit })
      )
    },
    since: (sender: SenderKey, number: number): Iterable<NumberedRecord> =>
      numbered(journal.range({ start: [sender, number], end: numberedRange(sender).end })),
    before(sender: SenderKey, number: number): NumberedRecord | undefined {
      const { start: end } = numberedRange(sender)
      const [entry] = numbered(journal.range({ start: [sender, number - 1], end, reverse: true, limit: 1 }))
      return entry
    }
  }
}

function* numbered(rows: ReturnType<SenderTables['journal']['range']>): Generator<NumberedRecord> {
  for (const { key, value } of rows)
    yield { number: typeof key === 'object' ? Number(key[1]) : 0, record: value }
}

export function refolded(profile: Profile, { record: { observation, confirmed } }: NumberedRecord): Profile {
  return foldObservation(profile, unpackObservation(observation), { confirmed: confirmed === true })
}

/** All of a sender's messages of a day leave together, 30 to 31 days later: they need one expiry row and one new base. */
function dueDay({ record }: NumberedRecord): number {
  return Math.ceil((record.observation.receivedAt + journalLifeMs) / dayMs) * dayMs
}
