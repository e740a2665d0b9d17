import { execFile } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copyDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePort } from '../harness/free-ports.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { Closing } from '../harness/closing.ts'

export const harakaCommand = 'node_modules/Haraka/bin/haraka'

export interface HarakaOptions {
  readonly users: readonly string[]
  readonly password: string
  readonly sluicePort: number
  /** What Sluice knows it by. */
  readonly sluicePassword: string
  /** Where the mail of all the world goes. */
  readonly worldPort: number
  /** Other changes to rspamd.ini. */
  readonly changes?: Replacements
}

/** Haraka as a submission server with deploy/mta/haraka, in a directory made by its own `haraka -i`. Gives its port. */
export async function startHaraka(t: Closing, home: ProgramHome, options: HarakaOptions): Promise<number> {
  const directory = await temporaryDirectory('haraka')
  const command = home.at(harakaCommand)
  await promisify(execFile)(process.execPath, [command, '-i', directory])
  const port = await freePort()
  const config = join(directory, 'config')
  await copyDeployFile('haraka/config/plugins', join(config, 'plugins'))
  await copyDeployFile('haraka/config/rspamd.ini', join(config, 'rspamd.ini'), {
    11333: options.sluicePort,
    ...options.changes
  })
  await writeFile(join(config, 'smtp.ini'), `listen=127.0.0.1:${port}\n`)
  await writeUsers(config, options)
  await writeWorld(config, options.worldPort)
  await startProgram(t, {
    name: 'haraka',
    path: process.execPath,
    args: [command, '-c', directory],
    env: { SLUICE_PASSWORD: options.sluicePassword },
    readyPort: port
  })
  return port
}

async function writeUsers(config: string, { users, password }: HarakaOptions): Promise<void> {
  const lines = ['[core]', 'methods=PLAIN,LOGIN', '[users]', ...users.map((user) => `${user}=${password}`)]
  await writeFile(join(config, 'auth_flat_file.ini'), `${lines.join('\n')}\n`)
}

/** Its own outbound queue, with a route for each domain in place of DNS. */
async function writeWorld(config: string, port: number): Promise<void> {
  const routes = ['example.com', 'example.net', 'example.org'].map(
    (domain) => `[${domain}]\nhost=127.0.0.1\nport=${port}\n`
  )
  await appendFile(join(config, 'plugins'), '\nqueue/smtp_forward\n')
  await writeFile(join(config, 'smtp_forward.ini'), routes.join('\n'))
  await writeFile(join(config, 'outbound.ini'), 'local_mx_ok=true\nenable_tls=false\n')
}
