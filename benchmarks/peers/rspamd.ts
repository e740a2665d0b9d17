import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from './end-with-us.ts'
import { freePort } from './free-port.ts'

export interface Peer {
  readonly name: string
  readonly pid: number
  readonly port: number
  close(): Promise<void>
}

export interface RspamdPeer extends Peer {
  /** Its proxy worker as a milter that scans by itself; null unless asked for. */
  readonly milterPort: number | null
}

/** Modules that ask the network: DNS lists, fuzzy storage, sender authentication. Off, so that both sides do the same kind of work. */
const networkModules = [
  'rbl', 'surbl', 'spf', 'dkim', 'dmarc', 'arc', 'asn', 'fuzzy_check', 'mx_check', 'url_redirector', 'external_services',
  'antivirus', 'greylist', 'ratelimit', 'history_redis', 'replies', 'neural', 'reputation', 'spamtrap', 'known_senders'
] as const // prettier-ignore

/** Starts Debian's rspamd with its default rules on a free port; null with a reason where it's missing. */
export async function startRspamd({ milter = false, workers = 1 } = {}): Promise<
  RspamdPeer | { readonly missing: string }
> {
  if (spawnSync('rspamd', ['--version']).status !== 0)
    return { missing: 'rspamd is not installed: apt-get install --no-install-recommends rspamd' }
  const directory = mkdtempSync(join(tmpdir(), 'sluice-rspamd-'))
  const port = await freePort()
  const milterPort = milter ? await freePort() : null
  writeConfiguration(directory, { port, milterPort, workers })
  const variables = ['LOCAL_CONFDIR', 'DBDIR', 'RUNDIR', 'LOGDIR'].map((name) => `--var=${name}=${directory}`)
  const child = endWithUs(
    spawn('rspamd', ['-f', '-i', '-c', '/etc/rspamd/rspamd.conf', ...variables], {
      stdio: 'ignore'
    })
  )
  try {
    await ready(child, port)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    name: 'rspamd',
    pid: child.pid ?? 0,
    port,
    milterPort,
    async close() {
      child.kill('SIGTERM')
      await Promise.race([new Promise((resolve) => child.once('exit', resolve)), sleep(5_000)])
      if (child.exitCode === null) child.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

function writeConfiguration(
  directory: string,
  { port, milterPort, workers }: { port: number; milterPort: number | null; workers: number }
): void {
  const local = join(directory, 'local.d')
  mkdirSync(local)
  const write = (name: string, text: string): void => writeFileSync(join(local, name), text)
  write('worker-normal.inc', `bind_socket = "127.0.0.1:${port}";\ncount = ${workers};\n`)
  write('worker-proxy.inc', milterPort === null ? 'enabled = false;\n' : scanningProxy(milterPort, workers))
  write('worker-controller.inc', `bind_socket = "${directory}/controller.sock";\n`)
  write('worker-fuzzy.inc', 'enabled = false;\n')
  write('logging.inc', 'type = "file";\nfilename = "/dev/null";\nlevel = "error";\n')
  write('options.inc', 'dns { nameserver = ["127.0.0.1:9"]; timeout = 10ms; retransmits = 0; }\n')
  for (const name of networkModules) write(`${name}.conf`, 'enabled = false;\n')
}

/** rspamd's documentation of the proxy worker, "self-scan mode": what its packages suggest for Postfix on one host. */
function scanningProxy(port: number, workers: number): string {
  return `bind_socket = "127.0.0.1:${port}";
milter = yes;
count = ${workers};
upstream "local" { default = yes; self_scan = yes; }
`
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`rspamd ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/ping`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error('rspamd did not answer /ping within 30 s')
}
