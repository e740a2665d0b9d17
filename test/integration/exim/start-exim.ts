import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copyDeployFile, type Replacements } from '../harness/deploy-file.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { Closing } from '../harness/closing.ts'

/** A folder of deploy/mta/exim. */
export type Variant = 'rspamd' | 'spamd'

export interface EximOptions {
  readonly home: ProgramHome
  readonly variant: Variant
  /** What stands in its main.conf in the place of Sluice's address. */
  readonly address: Replacements
  /** Changes of an operator to acl_data.conf. */
  readonly aclChanges?: Replacements
  readonly port: number
  /** Every user's. */
  readonly password: string
  /** Where the mail of all the world goes. */
  readonly sinkPort: number
}

export interface Exim {
  /** Its main log. */
  log(): string
  /** Ids of the messages that it keeps frozen. */
  frozen(): Promise<readonly string[]>
  /** `exim -M`: an operator lets it leave. */
  release(id: string): Promise<void>
}

const files = {
  rspamd: ['main.conf', 'acl_data.conf'],
  spamd: ['main.conf', 'acl_predata.conf', 'acl_data.conf']
} as const satisfies Record<Variant, readonly string[]>

/** Exim in the foreground, with deploy/mta/exim included where an operator would include it. */
export async function startExim(t: Closing, options: EximOptions): Promise<Exim> {
  const { home, variant, address, aclChanges = {}, port } = options
  const changes: Readonly<Record<string, Replacements>> = {
    'main.conf': address,
    'acl_data.conf': aclChanges
  }
  const directory = await temporaryDirectory('exim')
  await chmod(directory, 0o755)
  await mkdir(join(directory, 'spool'))
  await promisify(execFile)('chown', ['Debian-exim:Debian-exim', join(directory, 'spool')])
  for (const name of files[variant])
    await copyDeployFile(`exim/${variant}/${name}`, join(directory, name), changes[name])
  // The package's own is set-uid root, and so would not look for the libraries that were unpacked with it
  const path = join(directory, 'exim4')
  await copyFile(home.at('usr/sbin/exim4'), path)
  await chmod(path, 0o755)
  const config = join(directory, 'exim.conf')
  await writeFile(config, baseOf(directory, options))
  const running = await startProgram(t, {
    name: 'exim',
    path,
    args: ['-C', config, '-bdf', '-q1s'],
    env: home.env,
    readyPort: port
  })
  const run = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, ...home.env }
    return (await promisify(execFile)(path, ['-C', config, ...args], { env })).stdout
  }
  return {
    log: () => running.log.text(),
    async frozen() {
      const queued = await run('-bp')
      return Array.from(queued.matchAll(/(?<id>\S{16,23}) <.*> \*\*\* frozen \*\*\*/gu), ([, id = '']) => id)
    },
    release: async (id) => void (await run('-M', id))
  }
}

/** What the package and the operator had said already before the files of deploy/mta. */
function baseOf(directory: string, { variant, port, password, sinkPort }: EximOptions): string {
  const include = (name: string): string => `.include ${join(directory, name)}`
  return `
exim_path = ${join(directory, 'exim4')}
# The unpacked libraries have to be found by all its processes
keep_environment = LD_LIBRARY_PATH
spool_directory = ${join(directory, 'spool')}
log_file_path = ${join(directory, 'spool', '%slog')}
pid_file_path = ${join(directory, 'exim.pid')}
primary_hostname = mail.example.org
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts =
auth_advertise_hosts = *
acl_smtp_rcpt = acl_check_rcpt
${variant === 'spamd' ? 'acl_smtp_predata = acl_check_predata' : ''}
acl_smtp_data = acl_check_data
${include('main.conf')}

begin acl
acl_check_rcpt:
  accept authenticated = *
  deny
${variant === 'spamd' ? `acl_check_predata:\n${include('acl_predata.conf')}\n  accept` : ''}
acl_check_data:
${include('acl_data.conf')}
  accept

begin routers
all:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = sink

begin transports
sink:
  driver = smtp
  port = ${sinkPort}
  allow_localhost

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{${password}}}
  server_set_id = $auth2
`
}
