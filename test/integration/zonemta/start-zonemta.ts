import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { copyDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePorts } from '../harness/free-ports.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { Closing } from '../harness/closing.ts'
import type { Stores } from './start-stores.ts'

export const zoneMtaCommand = 'node_modules/zone-mta/app.js'

export interface ZoneMtaOptions {
  readonly zoneMta: ProgramHome
  readonly stores: Stores
  /** Whom its core/http-auth asks about a password. */
  readonly authUrl: string
  readonly sluicePort: number
  /** What Sluice knows it by. */
  readonly sluicePassword: string
  /** Where the mail of all the world goes. */
  readonly worldPort: number
  /** Other changes to its interface. */
  readonly changes?: Replacements
}

/** The whole of ZoneMTA with deploy/mta/zonemta: its receiver, queue and sender processes. Gives the port of its submission service. */
export async function startZoneMta(t: Closing, options: ZoneMtaOptions): Promise<number> {
  const { zoneMta, sluicePort, sluicePassword, changes } = options
  const directory = await temporaryDirectory('zonemta')
  const [port = 0, api = 0, queue = 0] = await freePorts(3)
  for (const folder of ['plugins', 'interfaces']) await mkdir(join(directory, folder))
  await copyDeployFile('zonemta/plugins/sluice.toml', join(directory, 'plugins', 'sluice.toml'), {
    11333: sluicePort,
    'change-me': sluicePassword
  })
  await copyDeployFile('zonemta/interfaces/feeder.toml', join(directory, 'interfaces', 'feeder.toml'), {
    '0.0.0.0': '127.0.0.1',
    587: port,
    // There is no certificate here
    'starttls = true': 'starttls = false',
    ...changes
  })
  const configuration = join(directory, 'zonemta.toml')
  await writeFile(configuration, configurationOf(options, { api, queue }))
  const command = zoneMta.at(zoneMtaCommand)
  await startProgram(t, {
    name: 'zonemta',
    path: process.execPath,
    args: ['--no-deprecation', command, `--config=${configuration}`],
    // It looks for its plugins from here
    cwd: dirname(command),
    // Two processes, in either order
    readyLog: /^(?=[^]*feeder MTA server started)(?=[^]*Sender\/default.*Starting sending)/u,
    limitMs: 30_000
  })
  return port
}

function configurationOf(
  { stores, authUrl, worldPort }: ZoneMtaOptions,
  ports: { readonly api: number; readonly queue: number }
): string {
  return `
name = "ZoneMTA"

[dbs]
mongo = "mongodb://127.0.0.1:${stores.mongoPort}/zone-mta"
sender = "zone-mta"

[dbs.redis]
host = "127.0.0.1"
port = ${stores.redisPort}

[dns]
caching = false

[api]
port = ${ports.api}

[queueServer]
port = ${ports.queue}

[zones.default]
host = "127.0.0.1"
port = ${worldPort}

[smtpInterfaces]
# @include "interfaces/*.toml"

[plugins]
# @include "plugins/*.toml"

[plugins."core/http-auth"]
enabled = "receiver"
url = "${authUrl}"
`
}
