import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUsers } from '../../access/users.ts'
import { configSchema } from '../../config/config-schema.ts'
import { startSluice } from '../../main.ts'
import { createLogger } from '../../telemetry/logger.ts'
import { readVersion } from '../frame/command-context.ts'
import { openDemoSink, type DemoSink } from './sink.ts'
import { createServiceClient, type ServiceClient } from '../running/service-client.ts'

/** A whole installation of its own, with a sink for a world. */
export interface DemoService {
  readonly client: ServiceClient
  readonly sink: DemoSink
  readonly dataDir: string
  readonly submissionPort: number
  /** All users have this one. */
  readonly password: string
  addUsers(names: readonly string[]): Promise<void>
  /** Ends everything and removes the data directory. */
  close(): Promise<void>
}

/** Starts it in a private temporary directory, on free ports of the loopback address. */
export async function openDemoService(): Promise<DemoService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-demo-'))
  const ends: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end()
  }
  try {
    const sink = await openDemoSink()
    ends.push(() => sink.close())
    const submissionPort = await freePort()
    const destination = createWriteStream(join(dataDir, 'demo.log'))
    const sluice = await startSluice(demoConfig(dataDir, submissionPort, sink.port), {
      log: createLogger({ level: 'info', redact: false, destination }),
      version: readVersion()
    })
    ends.push(() => sluice.close())
    const password = randomBytes(12).toString('base64url')
    const users = createUsers({ file: join(dataDir, 'users.json') })
    const client = createServiceClient({ address: sluice.addresses.http, token: sluice.adminToken })
    const addUsers = async (names: readonly string[]): Promise<void> => {
      for (const name of names) await users.add(name, password)
    }
    return { client, sink, dataDir, submissionPort, password, addUsers, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Defaults, but for where it lives and whom it sends to. */
function demoConfig(dataDir: string, submissionPort: number, sinkPort: number) {
  return configSchema.parse({
    dataDir,
    http: { port: 0 },
    smtp: { submissionPort, submissionsPort: 0, relayPort: 0 },
    callouts: { rspamdPort: 0, policyPort: 0, milterPort: 0 },
    clickhouse: { url: 'off' },
    routes: [
      { name: 'sink', kind: 'smarthost', host: '127.0.0.1', port: sinkPort, tls: 'off', allowPrivate: true }
    ]
  })
}

/** In the configuration 0 means that a listener is off, so a free port has to be looked for. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
