import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './private-file.ts'

/** Where the running service listens; null: that listener is off. */
const addressesSchema = z.object({
  http: z.url(),
  smtp: z.object({
    host: z.string(),
    submission: z.int().nullable(),
    submissions: z.int().nullable(),
    relay: z.int().nullable(),
    /** Of bounces and complaints. */
    feedback: z.int().nullable().optional()
  }),
  callouts: z.object({
    host: z.string(),
    rspamd: z.int().nullable(),
    policy: z.int().nullable(),
    milter: z.int().nullable()
  })
})
/** The embedded ClickHouse, and the header fields that open it. */
const historyServerSchema = z.object({ url: z.url(), headers: z.record(z.string(), z.string()) })
const runSchema = addressesSchema.extend({
  /** null: it does not run, or is somebody else's. */
  clickhouse: historyServerSchema.nullable().default(null),
  pid: z.int(),
  startedAt: z.iso.datetime()
})

export type HistoryServer = z.output<typeof historyServerSchema>

export type RunningAddresses = z.output<typeof addressesSchema>
export type RunFile = z.output<typeof runSchema>

const nameOf = (dataDir: string): string => join(dataDir, 'run.json')

/** What run.json says of a running service; written again when something changes. */
export interface RunFileKeeper {
  announce(run: Omit<RunFile, 'clickhouse'>): Promise<void>
  /** The embedded server is up, or gone. Before `announce` it is only remembered. */
  tellHistoryServer(server: HistoryServer | null): void
  /** Resolves once nothing is being written, and the file is gone. */
  remove(): Promise<void>
}

export function createRunFileKeeper(dataDir: string): RunFileKeeper {
  let known: Omit<RunFile, 'clickhouse'> | undefined
  let clickhouse: HistoryServer | null = null
  let written: Promise<void> = Promise.resolve()
  return { announce, tellHistoryServer, remove }

  async function announce(run: Omit<RunFile, 'clickhouse'>): Promise<void> {
    known = run
    await write()
  }

  function tellHistoryServer(server: HistoryServer | null): void {
    clickhouse = server
    // Whoever reads it meanwhile asks the service itself
    if (known !== undefined) write().catch(() => undefined)
  }

  function write(): Promise<void> {
    const next = written
      .catch(() => undefined)
      .then(async () => known && (await writeRunFile(dataDir, { ...known, clickhouse })))
      .then(() => undefined)
    written = next
    return next
  }

  async function remove(): Promise<void> {
    known = undefined
    await written.catch(() => undefined)
    await removeRunFile(dataDir)
  }
}

/** `<dataDir>/run.json`, by which commands find the running service. */
async function writeRunFile(dataDir: string, run: RunFile): Promise<void> {
  await writePrivateFile(nameOf(dataDir), `${JSON.stringify(run, null, 2)}\n`)
}

/** undefined: no service says that it runs here. After a kill -9 the file may be stale: its pid tells. */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  try {
    const parsed = runSchema.safeParse(JSON.parse(await readFile(nameOf(dataDir), 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

async function removeRunFile(dataDir: string): Promise<void> {
  await rm(nameOf(dataDir), { force: true })
}
