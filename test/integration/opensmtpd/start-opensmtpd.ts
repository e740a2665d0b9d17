import { execFile } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generate } from 'selfsigned'
import { copyDeployFile, type Replacements } from '../harness/deploy-file.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram, type RunningProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { Closing } from '../harness/closing.ts'

export interface OpensmtpdOptions {
  readonly users: readonly string[]
  readonly password: string
  readonly port: number
  /** Of Sluice's rspamd listener. */
  readonly sluicePort: number
  /** What Sluice knows the filter by. */
  readonly passwordFile: string
  /** Where the mail of all the world goes. */
  readonly worldPort: number
  /** Other changes to smtpd.conf. */
  readonly changes?: Replacements
}

/** smtpd with deploy/mta/opensmtpd, where its directories, whose names are compiled in, are its own: it sees others in their place. */
export async function startOpensmtpd(
  t: Closing,
  home: ProgramHome,
  options: OpensmtpdOptions
): Promise<RunningProgram> {
  const directory = await temporaryDirectory('opensmtpd')
  await chmod(directory, 0o755)
  await writeCertificate(directory)
  await writeUsers(directory, home, options)
  const config = join(directory, 'smtpd.conf')
  await copyDeployFile('opensmtpd/smtpd.conf', config, toReplacements(directory, options))
  return startProgram(t, {
    name: 'opensmtpd',
    path: 'unshare',
    args: ['--mount', '--propagation', 'private', 'sh', '-ec', ownDirectories, 'sh', home.at('usr/sbin/smtpd'), '-dv', '-f', config], // prettier-ignore
    env: home.env,
    readyPort: options.port
  })
}

/** Seen by smtpd and its children only, and gone with them. */
const ownDirectories = `
  for place in /var/spool /var/lib /run; do mount -t tmpfs tmpfs $place; done
  mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty
  chmod 711 /var/spool/smtpd
  exec "$@"`

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/u, '')

function toReplacements(
  directory: string,
  { port, sluicePort, passwordFile, worldPort, changes = {} }: OpensmtpdOptions
): Replacements {
  return {
    '/etc/ssl/certs/mail.example.org.pem': join(directory, 'cert.pem'),
    '/etc/ssl/private/mail.example.org.key': join(directory, 'key.pem'),
    '/etc/smtpd-users': join(directory, 'users'),
    '/etc/sluice/opensmtpd-password': passwordFile,
    '/opt/sluice': repository,
    11333: sluicePort,
    // The checkout may be readable for root alone
    'user sluice group sluice': 'user root group root',
    '0.0.0.0 port 587': `127.0.0.1 port ${port}`,
    'action "outbound" relay': `action "outbound" relay host smtp://127.0.0.1:${worldPort}`,
    ...changes
  }
}

async function writeCertificate(directory: string): Promise<void> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'mail.example.org' }], {
    keySize: 2048
  })
  await writeFile(join(directory, 'cert.pem'), cert)
  await writeFile(join(directory, 'key.pem'), key, { mode: 0o600 })
}

/** `smtpctl encrypt` is this program. */
async function writeUsers(
  directory: string,
  home: ProgramHome,
  { users, password }: OpensmtpdOptions
): Promise<void> {
  const encrypt = home.at('usr/libexec/opensmtpd/encrypt')
  const { stdout } = await promisify(execFile)(encrypt, [password], { env: { ...process.env, ...home.env } })
  await writeFile(join(directory, 'users'), users.map((user) => `${user} ${stdout.trim()}\n`).join(''))
}
