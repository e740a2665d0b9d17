import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config/config-schema.ts'
import type { LoadedConfig } from '../../config/load-config.ts'
import type { Sluice } from '../../main.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { readVersion } from '../frame/command-context.ts'
import { findService } from './running-service.ts'
import { createServiceClient, type ServiceClient } from './service-client.ts'

export interface AskedService {
  readonly client: ServiceClient
  /** Started for this command: what it queues leaves when the service next starts. */
  readonly isPrivate: boolean
  /** Ends what was started for this command; a service that ran before goes on. */
  close(): Promise<void>
}

/**
 * The running service, else one of our own for the length of a command: the same code on the same stores, under their lock, that sends
 * nothing and listens on a loopback port that nobody is told. So every command has one path.
 */
async function askService(loaded: LoadedConfig): Promise<AskedService> {
  const running = await findService(loaded)
  if (running !== undefined) return { client: running, isPrivate: false, close: async () => undefined }
  const { directory, remove } = await dataDirectory(loaded.config)
  try {
    const { sluice, client } = await startPrivate(loaded.config, directory)
    const close = async (): Promise<void> => {
      await sluice.close()
      await remove()
    }
    return { client, isPrivate: true, close }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Asks, and ends what was started for it, whatever happens. */
export async function withService<Result>(
  loaded: LoadedConfig,
  act: (service: AskedService) => Promise<Result>
): Promise<Result> {
  const service = await askService(loaded)
  try {
    return await act(service)
  } finally {
    await service.close()
  }
}

async function startPrivate(
  config: Config,
  directory: string
): Promise<{ sluice: Sluice; client: ServiceClient }> {
  // Half a second to load, and not needed where a service runs
  const { startSluice } = await import('../../main.ts')
  const token = randomBytes(32).toString('base64url')
  const log = silentLogger
  const options = { log, version: readVersion(), adminToken: token, isPrivate: true }
  const sluice = await startSluice(privateConfig(config, directory), options)
  return { sluice, client: createServiceClient({ address: sluice.addresses.http, token }) }
}

const noListeners = {
  rspamdPort: 0,
  policyPort: 0,
  milterPort: 0,
  rspamdSocket: undefined,
  policySocket: undefined,
  milterSocket: undefined
}

function privateConfig(config: Config, dataDir: string): Config {
  const smtp = { ...config.smtp, submissionPort: 0, submissionsPort: 0, relayPort: 0 }
  return {
    ...config,
    dataDir,
    http: { ...config.http, host: '127.0.0.1', port: 0 },
    smtp,
    callouts: { ...config.callouts, ...noListeners },
    parse: { ...config.parse, workers: 1 }
  }
}

/** Where nothing has been learned yet, nothing is left behind either. */
async function dataDirectory({
  dataDir
}: Config): Promise<{ directory: string; remove: () => Promise<void> }> {
  if (existsSync(dataDir)) return { directory: dataDir, remove: async () => undefined }
  const directory = await mkdtemp(join(tmpdir(), 'sluice-'))
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
