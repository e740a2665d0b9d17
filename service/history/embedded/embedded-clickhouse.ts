import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Logger } from '../../telemetry/logger.ts'
import { HistoryError } from '../history-error.ts'
import { answersAnybody } from './answers-anybody.ts'
import { engineConfig, keyField } from './engine-config.ts'
import { engineLibrary } from './engine-library.ts'

export interface EmbeddedClickHouseOptions {
  /** `<dataDir>/clickhouse`: one process at a time, which the data directory's lock sees to. */
  readonly directory: string
  readonly maxMemoryBytes?: number
  readonly onListening?: OnListening
  readonly log: Logger
  readonly random?: () => number
}

/** Where the server listens, and the header fields that open it. */
export interface ClickHouseAddress {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** null: it no longer listens. */
export type OnListening = (address: ClickHouseAddress | null) => void

/** A ClickHouse server of our own, in a child process that ends with us. */
export interface EmbeddedClickHouse {
  /** Starts it at the first call. Rejects with HISTORY_ENGINE_MISSING or HISTORY_ENGINE_FAILED; a later call tries again. */
  address(): Promise<ClickHouseAddress>
  /** null: it does not run. */
  pid(): number | null
  /** Ends it; what was acknowledged is on disk. */
  close(): Promise<void>
}

const defaultMemoryBytes = 1_500_000_000
const readyMs = 30_000
const pollMs = 50
const firstRestartMs = 500
const maxRestartMs = 30_000
const endMs = 5_000

/** Supervises the child: after it has died it is started anew when it is next needed, not sooner than the backoff allows. */
export function createEmbeddedClickHouse(options: EmbeddedClickHouseOptions): EmbeddedClickHouse {
  const { directory, log } = options
  const secret = randomBytes(24).toString('base64url')
  let child: ChildProcess | null = null
  let running: Promise<ClickHouseAddress> | null = null
  let failures = 0
  let notBefore = 0
  let closed = false

  async function start(): Promise<ClickHouseAddress> {
    await sleep(Math.max(0, notBefore - performance.now()))
    const library = engineLibrary()
    if (library === undefined) throw new HistoryError('HISTORY_ENGINE_MISSING')
    const port = await freePort()
    const configFile = join(directory, 'engine.xml')
    const { maxMemoryBytes = defaultMemoryBytes } = options
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(configFile, engineConfig({ secret, port, maxMemoryBytes }), { mode: 0o600 })
    const started = spawnChild(library, directory, configFile)
    child = started
    started.once('exit', (code, signal) => forget(started, code, signal))
    await ready(started, port, directory)
    failures = 0
    const url = `http://127.0.0.1:${port}`
    log.info('history.engine_started', { pid: started.pid, port })
    await warnIfOpen(url, log)
    const place = { url, headers: { [keyField]: secret } }
    options.onListening?.(place)
    return place
  }

  function forget(ended: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (child !== ended) return
    child = null
    running = null
    options.onListening?.(null)
    if (closed) return
    failures += 1
    notBefore = performance.now() + Math.min(maxRestartMs, firstRestartMs * 2 ** (failures - 1))
    log.error('history.engine_ended', { code, signal, failures })
  }

  async function address(): Promise<ClickHouseAddress> {
    if (closed) throw new HistoryError('HISTORY_ENGINE_FAILED', { detail: 'it is closed' })
    running ??= start()
    const attempt = running
    try {
      return await attempt
    } catch (error) {
      if (running === attempt) running = null
      throw error
    }
  }

  async function close(): Promise<void> {
    closed = true
    await running?.catch(() => undefined)
    if (child !== null) await end(child)
    await rm(join(directory, 'engine.xml'), { force: true })
  }

  return { address, pid: () => child?.pid ?? null, close }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const cut = setTimeout(() => child.kill('SIGKILL'), endMs)
  await ended
  clearTimeout(cut)
}

async function warnIfOpen(url: string, log: Logger): Promise<void> {
  if (!(await answersAnybody(url))) return
  log.warn('history.engine_open', { url, detail: 'any program of this machine can read and change history' })
}

function spawnChild(library: string, directory: string, configFile: string): ChildProcess {
  const entry = fileURLToPath(new URL('clickhouse-child.ts', import.meta.url))
  return fork(entry, [library, directory, configFile], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    // A session of its own: Ctrl-C is for us, who decide when the last batch is written, and it takes its turn behind us
    detached: true
  })
}

/** Resolves once the server answers. */
async function ready(child: ChildProcess, port: number, directory: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)))
  const deadline = performance.now() + readyMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new HistoryError('HISTORY_ENGINE_FAILED', { directory, detail: said.trim().slice(-500) })
    if (await answers(port)) return
    await sleep(pollMs)
  }
  child.kill('SIGKILL')
  throw new HistoryError('HISTORY_ENGINE_FAILED', { directory, detail: `not ready within ${readyMs} ms` })
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(1_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** Below the ports that systems give to connections, so that none of these takes it before the server listens. */
const lowestPort = 12_000
const highestPort = 32_000
const portTries = 20

async function freePort(): Promise<number> {
  for (let tries = 0; tries < portTries; tries++) {
    const port = randomInt(lowestPort, highestPort)
    if (await isFree(port)) return port
  }
  throw new HistoryError('HISTORY_ENGINE_FAILED', { detail: 'found no free port' })
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  if (listens) await new Promise((resolve) => server.close(resolve))
  return listens
}
