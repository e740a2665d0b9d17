import { userInfo } from 'node:os'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Closing } from '../harness/closing.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram, type RunningProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'

export interface RunningDovecot extends RunningProgram {
  /** Its auth-client listener. */
  readonly socket: string
}

/** The real Dovecot with its auth service alone, under our own user, with these users and passwords. */
export async function startDovecot(
  t: Closing,
  home: ProgramHome,
  users: Readonly<Record<string, string>>
): Promise<RunningDovecot> {
  const directory = await temporaryDirectory('dovecot')
  const run = join(directory, 'run')
  await mkdir(run)
  const libexec = home.at('usr/lib/dovecot')
  const env = withPlugins(home)
  const passwords = join(directory, 'passwd')
  const lines = Object.entries(users).map(([name, password]) => `${name}:{PLAIN}${password}`)
  await writeFile(passwords, `${lines.join('\n')}\n`)
  const config = join(directory, 'dovecot.conf')
  await writeFile(config, settings({ config, run, libexec, passwords, user: userInfo().username, env }))
  const program = await startProgram(t, {
    name: 'dovecot',
    // dovecot itself looks for doveconf where it was compiled to be
    path: home.at('usr/bin/doveconf'),
    args: ['-f', 'service=master', '-c', config, '-e', home.at('usr/sbin/dovecot'), '-F'],
    env: home.env,
    readyLog: /starting up/u
  })
  return { ...program, socket: join(run, 'auth-client') }
}

/** The auth service needs a library that Debian keeps with the plugins. */
function withPlugins({ env, at }: ProgramHome): Record<string, string> {
  const folders = [env['LD_LIBRARY_PATH'], at('usr/lib/dovecot/modules/old-stats')]
  return { LD_LIBRARY_PATH: folders.filter((one) => one !== undefined).join(':') }
}

interface Settings {
  readonly config: string
  readonly run: string
  readonly libexec: string
  readonly passwords: string
  readonly user: string
  readonly env: Readonly<Record<string, string>>
}

function settings({ config, run, libexec, passwords, user, env }: Settings): string {
  const service = (name: string, more = ''): string =>
    `service ${name} {\n  user = ${user}\n  chroot =\n${more}}\n`
  return `
import_environment = ${Object.entries(env)
    .map((pair) => pair.join('='))
    .join(' ')}
base_dir = ${run}
libexec_dir = ${libexec}
log_path = /dev/stderr
protocols =
ssl = no
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${user}
auth_mechanisms = plain
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ${passwords}
}
userdb {
  driver = static
  args = uid=1000 gid=1000 home=/nonexistent
}
service config {
  executable = config -c ${config}
}
${service('auth', '  unix_listener auth-client {\n    mode = 0600\n  }\n')}
${service('auth-worker')}
${service('anvil')}
${service('stats')}
`
}
