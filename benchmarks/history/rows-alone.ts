import type { History } from '../../service/history/history.ts'
import { toMessageEntry, type MessageFacts } from '../../service/history/rows/message-row.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { cpuMsSince } from '../behaviour/measure.ts'

interface Options {
  readonly facts: readonly MessageFacts[]
  readonly storage: Storage
  readonly history: History
  readonly rows: number
}

const group = 200

/** Records rows of distinct messages, then measures how fast they reach ClickHouse. */
export async function rowsAlone(
  options: Options
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const { history, rows } = options
  const recording = await costOf(() => record(options))
  const writing = await costOf(() => history.drain())
  const shown = ({ ms, cpuMs }: typeof writing) => ({
    'rows/s': ((rows * 1_000) / ms).toFixed(0),
    'CPU ms/row': (cpuMs / rows).toFixed(4)
  })
  return { 'recorded on disk': shown(recording), 'written to ClickHouse': shown(writing) }
}

/** Processor time of this process; the engine has its own. */
async function costOf(act: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number }> {
  const from = performance.now()
  const before = process.cpuUsage()
  await act()
  return { ms: performance.now() - from, cpuMs: cpuMsSince(before) }
}

async function record({ facts, storage, history, rows }: Options): Promise<void> {
  for (let from = 0; from < rows; from += group)
    await storage.transaction(() => {
      for (let at = from; at < Math.min(rows, from + group); at++) {
        const one = facts[at % facts.length]
        if (one !== undefined) history.record(toMessageEntry({ ...one, submissionId: `alone-${at}` }))
      }
    })
}
