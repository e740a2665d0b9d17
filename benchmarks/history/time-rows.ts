import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { toMessageEntry, type MessageFacts } from '../../service/history/rows/message-row.ts'
import { createRowBatch } from '../../service/history/writer/row-batch.ts'
import { createDurableBuffer, type DurableBuffer } from '../../service/storage/durable-buffer.ts'
import type { Storage } from '../../service/storage/storage.ts'

interface Options {
  readonly facts: readonly MessageFacts[]
  readonly storage: Storage
}

const rounds = 15
/** Messages that commit together, as they do under load. */
const group = 16

/** Wall milliseconds a row of each step on the main thread; the best of some rounds, as the neighbours disturb the others. */
export async function timeRows({
  facts,
  storage
}: Options): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'bench', maxEntries: 1_000_000 })
  const entries = facts.map(toMessageEntry)
  const batch = createRowBatch()
  const best = { encode: Infinity, append: Infinity, read: Infinity, drop: Infinity }
  const note = (step: keyof typeof best, ms: number): void => {
    best[step] = Math.min(best[step], ms / facts.length)
  }
  for (let round = 0; round < rounds; round++) {
    note(
      'encode',
      timed(() => facts.forEach(toMessageEntry))
    )
    note('append', await appended(entries, (entry) => buffer.append(entry), storage))
    let last = 0
    note(
      'read',
      timed(() => {
        buffer.visit(entries.length, 0, (entry, number) => {
          batch.add(entry, number)
          last = number
        })
      })
    )
    batch.clear()
    note('drop', await dropped(buffer, last, storage))
  }
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes.length, 0) / entries.length
  const whole = Object.values(best).reduce((sum, ms) => sum + ms, 0)
  const shown = Object.entries({ ...best, 'all of it': whole }).map(([step, ms]) => [
    step,
    { 'ms a message': ms.toFixed(4) }
  ])
  return { ...Object.fromEntries(shown), 'bytes a row': { 'ms a message': bytes.toFixed(0) } }
}

async function appended(
  entries: readonly HistoryEntry[],
  append: (entry: HistoryEntry) => unknown,
  storage: Storage
): Promise<number> {
  let ms = 0
  for (let from = 0; from < entries.length; from += group)
    ms += await storage.transaction(() => timed(() => entries.slice(from, from + group).forEach(append)))
  return ms
}

async function dropped(
  buffer: DurableBuffer<HistoryEntry>,
  through: number,
  storage: Storage
): Promise<number> {
  let ms = await storage.transaction(() => timed(() => buffer.drop(through)))
  const sweep = (): boolean => {
    let more = false
    ms += timed(() => (more = buffer.sweep()))
    return more
  }
  while (await storage.transaction(sweep));
  return ms
}

function timed(act: () => unknown): number {
  const from = performance.now()
  act()
  return performance.now() - from
}
