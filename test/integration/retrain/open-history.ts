import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { engineLibrary } from '../../../service/history/embedded/engine-library.ts'
import { openHistory } from '../../../service/history/history.ts'
import type { HistoryEntry } from '../../../service/history/rows/history-entry.ts'
import type { HistoryPlace } from '../../../service/models/retrain/child-messages.ts'
import type { Storage } from '../../../service/storage/storage.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { openTemporary } from '../../storage/open-temporary.ts'
import { missing } from '../harness/programs.ts'

export interface SeededHistory {
  readonly storage: Storage
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly findHistory: () => Promise<HistoryPlace>
}

/** The embedded server with these rows; undefined: the test is skipped, as its packages are not there. */
export async function openSeeded(
  t: TestContext,
  entries: readonly HistoryEntry[]
): Promise<SeededHistory | undefined> {
  if (engineLibrary() === undefined)
    return missing(t, 'the optional packages chdb and ffi-rs are not installed: run `npm ci`')
  const directory = await mkdtemp(join(tmpdir(), 'sluice-retrain-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const storage = await openTemporary(t)
  const history = openHistory({
    url: 'embedded',
    user: 'default',
    password: undefined,
    placement: { database: 'sluice', cluster: null, retentionDays: 9_000 },
    directory,
    maxMemoryMiB: 1_000,
    maxWaitingRows: 100_000,
    storage,
    log: silentLogger,
    metrics: createMetrics()
  })
  t.after(() => history.close())
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  for (let from = 0; from < entries.length; from += 1_000)
    await accept(() => entries.slice(from, from + 1_000).forEach((entry) => history.record(entry)))
  const findHistory = async (): Promise<HistoryPlace> => {
    await history.drain()
    return { ...(await history.address()), database: 'sluice', user: 'default', password: undefined }
  }
  return { storage, accept, findHistory }
}
