import { createMemoryTable } from '../storage/memory-table.ts'
import type { Storage, Table } from '../storage/storage.ts'
import type { SenderKey } from './sender-store.ts'

/** What became of recipients. `unknown`: no such mailbox or domain. `refused`: as spam or by policy. `complained`: reported by its reader. */
export interface OutcomeCounts {
  readonly delivered: number
  readonly unknown: number
  readonly refused: number
  readonly complained: number
}

/** Decayed counts: half-lives of one day, one week and 60 days. */
export interface OutcomeEvidence {
  readonly day: OutcomeCounts
  readonly week: OutcomeCounts
  /** The sender's usual, without the last week. */
  readonly usual: OutcomeCounts
}

/**
 * How the recipients of a sender's mail took it: what a stolen mailbox shows from its second message on. Reads answer at once; writes are
 * synchronous and allowed only inside `Storage.transaction`.
 */
export interface OutcomeMemory {
  recall(sender: SenderKey, at: number): OutcomeEvidence
  record(sender: SenderKey, at: number, counts: Partial<OutcomeCounts>): void
  forget(sender: SenderKey): void
}

/** As of `at` (epoch ms): by half-life, the counts in the order of `outcomeNames`. One small record a sender. */
export interface OutcomeRecord {
  readonly at: number
  readonly counts: readonly (readonly number[])[]
}

export const noOutcomes: OutcomeCounts = { delivered: 0, unknown: 0, refused: 0, complained: 0 }
const outcomeNames = ['delivered', 'unknown', 'refused', 'complained'] as const

const dayMs = 86_400_000
const halfLivesMs = [dayMs, 7 * dayMs, 60 * dayMs]
const nothing: OutcomeRecord = { at: 0, counts: halfLivesMs.map(() => outcomeNames.map(() => 0)) }

export function createTableOutcomeMemory(table: Table<OutcomeRecord>): OutcomeMemory {
  return {
    recall(sender, at) {
      const record = table.get(sender)
      if (record === undefined) return { day: noOutcomes, week: noOutcomes, usual: noOutcomes }
      const [lastDay = [], week = [], long = []] = agedTo(record, at).counts
      return { day: toCounts(lastDay), week: toCounts(week), usual: toCounts(lessRecent(long, week)) }
    },
    record(sender, at, news) {
      const known = table.get(sender) ?? { ...nothing, at }
      // A late report of an earlier moment counts as one of now: what it lost by then is little
      const { counts } = agedTo(known, Math.max(known.at, at))
      table.put(sender, {
        at: Math.max(known.at, at),
        counts: counts.map((row) =>
          row.map((count, place) => count + (news[outcomeNames[place] ?? 'delivered'] ?? 0))
        )
      })
    },
    forget: (sender) => table.remove(sender)
  }
}

/** The outcome memory of one process. */
export function createLmdbOutcomeMemory(storage: Storage): OutcomeMemory {
  return createTableOutcomeMemory(storage.table('senders.outcomes'))
}

/** For backtests and tests. Writes count at once. */
export function createMemoryOutcomeMemory(): OutcomeMemory {
  return createTableOutcomeMemory(createMemoryTable())
}

function agedTo({ at, counts }: OutcomeRecord, now: number): OutcomeRecord {
  const age = Math.max(0, now - at)
  return {
    at: now,
    counts: counts.map((row, place) => {
      const kept = 2 ** -(age / (halfLivesMs[place] ?? dayMs))
      return row.map((count) => count * kept)
    })
  }
}

/** A burst must not become the usual that it is compared with. */
function lessRecent(long: readonly number[], week: readonly number[]): readonly number[] {
  return long.map((count, place) => Math.max(0, count - (week[place] ?? 0)))
}

function toCounts([
  delivered = 0,
  unknown = 0,
  refused = 0,
  complained = 0
]: readonly number[]): OutcomeCounts {
  return { delivered, unknown, refused, complained }
}
