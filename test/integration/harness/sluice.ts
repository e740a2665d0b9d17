import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from './free-ports.ts'
import { createSluiceApi, type SluiceApi } from './sluice-api.ts'
import { startProgram, type RunningProgram } from './start-program.ts'
import { temporaryDirectory } from './temporary-directory.ts'
import { hasUnreadBytes } from './unread-bytes.ts'
import type { Closing } from './closing.ts'
import { waitFor } from './wait-for.ts'

const entry = fileURLToPath(new URL('../../../service/cli/sluice.ts', import.meta.url))

export interface SluicePorts {
  /** rspamd's HTTP, RSPAMC and SPAMC. */
  readonly rspamd: number
  readonly policy: number
  readonly milter: number
  /** SMTP from trusted networks. */
  readonly relay: number
  /** `/v1`, the hooks of Stalwart and MTA Hooks. */
  readonly http: number
}

/** Sluice as a process of its own, on free ports, with a data directory of its own. */
export interface SluiceForMta {
  readonly ports: SluicePorts
  readonly directory: string
  readonly dataDir: string
  readonly api: SluiceApi
  /** Everything that it logged, JSON lines. */
  log(): string
  /** SIGKILL. */
  kill(): Promise<void>
  /** SIGSTOP: there, and answering nothing; `resume` ends it. */
  pause(): void
  resume(): void
  /** While it is paused: waits until somebody has sent it a question. */
  asked(): Promise<void>
  /** Again, on the same ports and data, after `kill`. */
  restart(): Promise<void>
}

export interface SluiceForMtaOptions {
  /** TOML, such as a file of deploy/mta. Ports and the data directory in it give way to free ones. */
  readonly config?: string
  /** Default: free ones. */
  readonly ports?: SluicePorts
  /** More settings, as environment variables: `SLUICE_CALLOUTS_DEADLINEMS`. */
  readonly env?: Readonly<Record<string, string>>
}

const adminToken = 'an-admin-token-for-the-integration-tests'

/** Starts the service as an operator would, and waits until it is ready. Ended with the test, its directory removed. */
export async function startSluiceForMta(
  t: Closing,
  { config = '', env = {}, ...options }: SluiceForMtaOptions = {}
): Promise<SluiceForMta> {
  const directory = await temporaryDirectory('mta')
  await writeFile(join(directory, 'sluice.toml'), config)
  const dataDir = join(directory, 'data')
  const ports = options.ports ?? (await freeSluicePorts())
  const settings = { ...toEnvironment(ports, dataDir), ...env }

  const start = (): Promise<RunningProgram> =>
    startProgram(t, {
      name: 'sluice',
      path: process.execPath,
      args: [entry, 'start', '--json'],
      cwd: directory,
      env: settings,
      readyLog: /"event":"service\.ready"/u
    })
  let running = await start()
  const api = createSluiceApi(`http://127.0.0.1:${ports.http}`, adminToken)
  return {
    ports,
    directory,
    dataDir,
    api,
    log: () => running.log.text(),
    kill,
    pause: () => running.signal('SIGSTOP'),
    resume: () => running.signal('SIGCONT'),
    asked: async () => void (await waitFor('Sluice is asked', () => hasUnreadBytes(Object.values(ports)))),
    restart: async () => void (running = await start())
  }

  async function kill(): Promise<void> {
    running.signal('SIGKILL')
    await running.stop()
  }
}

/** For configurations that name one of them. */
export async function freeSluicePorts(): Promise<SluicePorts> {
  const [rspamd = 0, policy = 0, milter = 0, relay = 0, http = 0] = await freePorts(5)
  return { rspamd, policy, milter, relay, http }
}

function toEnvironment(ports: SluicePorts, dataDir: string): Record<string, string> {
  return {
    SLUICE_DATADIR: dataDir,
    SLUICE_ADMIN_TOKEN: adminToken,
    SLUICE_CLICKHOUSE_URL: 'off',
    SLUICE_HTTP_PORT: String(ports.http),
    SLUICE_CALLOUTS_RSPAMDPORT: String(ports.rspamd),
    SLUICE_CALLOUTS_POLICYPORT: String(ports.policy),
    SLUICE_CALLOUTS_MILTERPORT: String(ports.milter),
    SLUICE_SMTP_RELAYPORT: String(ports.relay),
    SLUICE_SMTP_SUBMISSIONPORT: '0',
    SLUICE_SMTP_SUBMISSIONSPORT: '0',
    SLUICE_PARSE_WORKERS: '1'
  }
}
