import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from './end-with-us.ts'
import { findProgram } from '../../test/integration/harness/programs.ts'
import { freePort } from './free-port.ts'
import type { Peer } from './rspamd.ts'
import { takesConnections } from './takes-connections.ts'

const command = 'node_modules/Haraka/bin/haraka'

export interface HarakaUse {
  /** Where its outbound queue delivers, a port of loopback. */
  readonly sinkPort: number
  /** rspamd's HTTP port; null: no content filter. */
  readonly rspamdPort: number | null
}

/** Haraka as a relay with its own outbound queue on disk (it fsyncs each message before it answers), one process a processor. */
export async function startHaraka(use: HarakaUse): Promise<Peer | { readonly missing: string }> {
  const home = findProgram('programs', command)
  if (home === undefined) return { missing: 'Haraka is missing: node scripts/fetch-servers.mjs programs' }
  const directory = mkdtempSync(join(tmpdir(), 'sluice-haraka-'))
  execFileSync(process.execPath, [home.at(command), '-i', directory], { stdio: 'ignore' })
  const port = await freePort()
  configure(directory, port, use)
  const child = endWithUs(spawn(process.execPath, [home.at(command), '-c', directory], { stdio: 'ignore' }))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await Promise.race([ended, sleep(8_000)])
    if (child.exitCode === null) child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  }
  for (let attempt = 0; !(await takesConnections(port)); attempt++) {
    if (child.exitCode !== null || attempt === 200) {
      await close()
      throw new Error(`Haraka did not answer on port ${port}`)
    }
    await sleep(50)
  }
  return { name: 'Haraka', pid: child.pid ?? 0, port, close }
}

function configure(directory: string, port: number, { sinkPort, rspamdPort }: HarakaUse): void {
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
  mkdirSync(join(directory, 'plugins'), { recursive: true })
  write('plugins/bench_relay.js', relayPlugin(sinkPort))
  write('config/plugins', ['bench_relay', ...(rspamdPort === null ? [] : ['rspamd']), ''].join('\n'))
  write('config/smtp.ini', `listen=127.0.0.1:${port}\nnodes=cpus\n`)
  write('config/outbound.ini', 'local_mx_ok=true\nenable_tls=false\n')
  write('config/log.ini', '[main]\nlevel=error\n')
  if (rspamdPort !== null)
    write(
      'config/rspamd.ini',
      `host = 127.0.0.1\nport = ${rspamdPort}\n\n[check]\nrelay = true\nlocal_ip = true\nprivate_ip = true\n`
    )
}

/** Everyone may relay, and the world is one port of loopback. */
function relayPlugin(sinkPort: number): string {
  return `exports.hook_connect = (next, connection) => { connection.relaying = true; next() }
exports.hook_rcpt = (next) => next(OK)
exports.hook_get_mx = (next) => next(OK, { exchange: '127.0.0.1', port: ${sinkPort}, priority: 0 })
`
}
