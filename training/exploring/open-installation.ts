import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { historyServerSchema } from '../../service/contracts/history-server.ts'
import { createHistoryClient } from '../../service/history/history-client.ts'
import { createDriftReader, type DriftReader } from '../../service/history/reader/drift-reader.ts'
import { createEvidenceReader, type EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import { createReplayReader, type ReplayReader } from '../../service/history/reader/replay-reader.ts'
import { streamRows } from '../../service/history/reader/stream-rows.ts'
import { InstallationError } from './installation-fault.ts'

export interface OpenInstallationOptions {
  /** `http://user:password@host:8123/database` of a ClickHouse that holds the history. Default: that of the service which runs on `dataDir`. */
  readonly url?: string | undefined
  /** Of the running service. Default: `data`. */
  readonly dataDir?: string | undefined
}

/** The history of an installation, to be asked. */
export interface Installation {
  readonly database: string
  /** What a query gives; tables may be named without their database. `parameters` stand in it as `{name: Type}`. */
  rows<Row = Record<string, unknown>>(query: string, parameters?: Record<string, unknown>): Promise<Row[]>
  /** Epoch ms just after the last message. */
  end(): Promise<number>
  /** What training reads. */
  readonly reader: ReplayReader & EvidenceReader & DriftReader
  close(): Promise<void>
}

/** A query goes through all of history at most. */
const requestMs = 600_000
/** As cells show rows, more are a mistake: `LIMIT` or `GROUP BY` is missing. */
const maxRows = 500_000

/** Opens history for reading. Throws InstallationError, which says what to do. */
export async function openInstallation({
  url,
  dataDir
}: OpenInstallationOptions = {}): Promise<Installation> {
  const { address, user, password, database } =
    url === undefined || url === '' ? await ofRunningService(dataDir ?? 'data') : namedBy(url)
  const client = createHistoryClient(
    { ...address, url: new URL(database, address.url).href },
    { user, ...(password !== '' && { password }) },
    requestMs
  )
  const connect = () => Promise.resolve(client)
  const options = { connect, database }
  async function rows<Row>(query: string, parameters = {}): Promise<Row[]> {
    const found: Row[] = []
    for await (const row of streamRows<Row>({ connect }, query, parameters))
      if (found.push(row) > maxRows) throw new RangeError(`More than ${maxRows} rows: add a LIMIT`)
    return found
  }
  return {
    database,
    rows,
    async end() {
      const [last] = await rows<{ at: number }>(
        'SELECT toUnixTimestamp64Milli(max(received_at)) AS at FROM messages'
      )
      return (last?.at ?? 0) + 1
    },
    reader: {
      ...createReplayReader(options),
      ...createEvidenceReader(options),
      ...createDriftReader(options)
    },
    close: () => client.close()
  }
}

interface Named {
  readonly address: Parameters<typeof createHistoryClient>[0]
  readonly user: string
  readonly password: string
  readonly database: string
}

function namedBy(text: string): Named {
  if (!URL.canParse(text)) throw new InstallationError('INSTALLATION_URL_INVALID', 'it is no URL')
  const url = new URL(text)
  const database = url.pathname.slice(1) === '' ? 'sluice' : url.pathname.slice(1)
  if (!/^https?:$/u.test(url.protocol) || !/^\w{1,64}$/u.test(database))
    throw new InstallationError('INSTALLATION_URL_INVALID', `${url.protocol}//${url.host}${url.pathname}`)
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  return {
    address: { url: url.origin, headers: {} },
    user: user === '' ? 'default' : user,
    password,
    database
  }
}

const askMs = 30_000

/** As the commands do: run.json says where it listens, the admin token opens it, and it says where ClickHouse is. */
async function ofRunningService(dataDir: string): Promise<Named> {
  const http = await addressIn(dataDir)
  const token = await readFile(join(dataDir, 'admin-token'), 'utf8').catch(() => '')
  const asked = await fetch(new URL('/v1/history/server', http), {
    method: 'POST',
    headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(askMs)
  }).catch((error: unknown) => {
    throw new InstallationError('INSTALLATION_NOT_FOUND', `nothing answers at ${http}`, error)
  })
  if (!asked.ok) {
    await asked.body?.cancel()
    throw new InstallationError('INSTALLATION_REFUSED', `it answers ${asked.status}`)
  }
  const { url, headers, database } = historyServerSchema.parse(await asked.json())
  return { address: { url, headers }, user: 'default', password: '', database }
}

async function addressIn(dataDir: string): Promise<string> {
  try {
    const run: unknown = JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8'))
    if (typeof run === 'object' && run !== null && 'http' in run && typeof run.http === 'string')
      return run.http
  } catch (error) {
    throw new InstallationError('INSTALLATION_NOT_FOUND', `there is no run.json in ${dataDir}`, error)
  }
  throw new InstallationError('INSTALLATION_NOT_FOUND', `run.json in ${dataDir} names no address`)
}
