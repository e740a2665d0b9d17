import { spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from './end-with-us.ts'
import { findProgram, type ProgramHome } from '../../test/integration/harness/programs.ts'
import { takesConnections } from './takes-connections.ts'
import { freePort } from './free-port.ts'
import type { Peer } from './rspamd.ts'

/** Users of Debian's base system: Postfix wants two that differ, and its own are made only by its installation. */
const owner = { name: 'proxy', uid: 13 }
const dropGroup = { name: 'uucp', gid: 10 }

export interface PostfixUse {
  /** Where all mail goes, a port of loopback; without one it is thrown away. */
  readonly sinkPort?: number
}

/** Postfix as an operator's relay: it takes mail from everyone on loopback, and queues it on disk as it always does. */
export async function startPostfix(
  settings: readonly string[],
  { sinkPort }: PostfixUse = {}
): Promise<Peer | { readonly missing: string }> {
  const home = findProgram('postfix', 'usr/lib/postfix/sbin/master')
  if (home === undefined) return { missing: 'Postfix is missing: node scripts/fetch-servers.mjs postfix' }
  if (process.getuid?.() !== 0) return { missing: 'Postfix can only be started by root' }
  const directory = mkdtempSync(join(tmpdir(), 'sluice-postfix-'))
  const port = await freePort()
  makeFolders(directory)
  writeFileSync(join(directory, 'etc/main.cf'), mainOf(directory, home, [...wayOut(sinkPort), ...settings]))
  writeFileSync(join(directory, 'etc/master.cf'), masterOf(port))
  const child = endWithUs(
    spawn(home.at('usr/lib/postfix/sbin/master'), ['-c', join(directory, 'etc'), '-d'], {
      env: { ...home.env, MAIL_CONFIG: join(directory, 'etc') },
      // It ends its children by their process group
      detached: true,
      stdio: 'ignore'
    })
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await Promise.race([ended, sleep(5_000)])
    if (child.exitCode === null) child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  }
  for (let attempt = 0; !(await takesConnections(port)); attempt++) {
    if (child.exitCode !== null || attempt === 100) {
      await close()
      throw new Error(`Postfix did not answer on port ${port}`)
    }
    await sleep(50)
  }
  return { name: 'Postfix', pid: child.pid ?? 0, port, close }
}

function makeFolders(directory: string): void {
  const make = (path: string, mode: number, uid: number, gid = 0): void => {
    mkdirSync(join(directory, path), { recursive: true })
    chownSync(join(directory, path), uid, gid)
    chmodSync(join(directory, path), mode)
  }
  make('.', 0o755, 0)
  make('etc', 0o755, 0)
  make('queue/pid', 0o755, 0)
  for (const name of [
    'active',
    'bounce',
    'corrupt',
    'defer',
    'deferred',
    'flush',
    'hold',
    'incoming',
    'private',
    'saved',
    'trace'
  ])
    make(`queue/${name}`, 0o700, owner.uid)
  make('queue/maildrop', 0o1730, owner.uid, dropGroup.gid)
  make('queue/public', 0o2710, owner.uid, dropGroup.gid)
  make('data', 0o700, owner.uid)
}

function wayOut(sinkPort: number | undefined): readonly string[] {
  if (sinkPort === undefined) return ['default_transport = discard', 'relay_transport = discard']
  return [`relayhost = [127.0.0.1]:${sinkPort}`, 'smtp_tls_security_level = none']
}

function mainOf(directory: string, home: ProgramHome, settings: readonly string[]): string {
  const libraryPath = home.env['LD_LIBRARY_PATH']
  const libraries = libraryPath === undefined ? '' : ` LD_LIBRARY_PATH=${libraryPath}`
  return `compatibility_level = 3.6
queue_directory = ${directory}/queue
data_directory = ${directory}/data
daemon_directory = ${home.at('usr/lib/postfix/sbin')}
command_directory = ${home.at('usr/sbin')}
shlib_directory = ${home.at('usr/lib/postfix')}
meta_directory = ${directory}/etc
import_environment = MAIL_CONFIG TZ LANG=C${libraries}
mail_owner = ${owner.name}
setgid_group = ${dropGroup.name}
maillog_file = /dev/null
maillog_file_prefixes = /dev
myhostname = mx.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 0.0.0.0/0
mydestination =
alias_maps =
smtpd_authorized_xclient_hosts = 0.0.0.0/0
smtpd_client_connection_count_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject
message_size_limit = 0
in_flow_delay = 0
${settings.join('\n')}
`
}

function masterOf(port: number): string {
  return `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`
}
