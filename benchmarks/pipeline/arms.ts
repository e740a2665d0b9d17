import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { endWithUs } from '../peers/end-with-us.ts'
import { startHaraka } from '../peers/haraka.ts'
import { startPostfix } from '../peers/postfix.ts'
import type { Peer, RspamdPeer } from '../peers/rspamd.ts'
import { startSluicePeer } from '../peers/sluice.ts'
import type { Missing } from './programs.ts'

/** A system that takes mail, promises it on disk, and delivers it. */
export interface Arm {
  readonly name: string
  open(sinkPort: number): Promise<OpenArm | Missing>
}

export interface OpenArm {
  readonly port: number
  /** The roots of the process trees that do the work, the filter's too. */
  readonly pids: readonly number[]
  close(): Promise<void>
}

export const armNames = {
  postfix: 'Postfix',
  haraka: 'Haraka',
  unscored: 'Sluice, scoring left out',
  postfixRspamd: 'Postfix + rspamd milter',
  harakaRspamd: 'Haraka + rspamd',
  scored: 'Sluice, scoring'
} as const

/** In this order they take turns. `rspamd` runs beside all of them; without it the arms that need it say so. */
export function allArms(rspamd: RspamdPeer | Missing): readonly Arm[] {
  return [
    { name: armNames.postfix, open: (sinkPort) => opened(startPostfix([], { sinkPort })) },
    {
      name: armNames.haraka,
      open: (sinkPort) => opened(startHaraka({ sinkPort, rspamdPort: null }))
    },
    { name: armNames.unscored, open: startUnscored },
    { name: armNames.postfixRspamd, open: behindMilter },
    { name: armNames.harakaRspamd, open: askingRspamd },
    { name: armNames.scored, open: startScored }
  ]

  async function behindMilter(sinkPort: number): Promise<OpenArm | Missing> {
    if ('missing' in rspamd) return rspamd
    const milter = `smtpd_milters = inet:127.0.0.1:${rspamd.milterPort}`
    return opened(startPostfix([milter, 'milter_default_action = tempfail'], { sinkPort }), rspamd.pid)
  }

  async function askingRspamd(sinkPort: number): Promise<OpenArm | Missing> {
    if ('missing' in rspamd) return rspamd
    return opened(startHaraka({ sinkPort, rspamdPort: rspamd.port }), rspamd.pid)
  }
}

async function opened(
  starting: Promise<Peer | Missing>,
  ...more: readonly number[]
): Promise<OpenArm | Missing> {
  const peer = await starting
  if ('missing' in peer) return peer
  return { port: peer.port, pids: [peer.pid, ...more], close: () => peer.close() }
}

/** As `npm start` runs it: every message is parsed, compared with its sender's habits, judged by the bundled models, and learned from. */
async function startScored(sinkPort: number): Promise<OpenArm> {
  const sluice = await startSluicePeer(configuration(sinkPort))
  return { port: sluice.relayPort, pids: [sluice.pid], close: () => sluice.close() }
}

/** Limits wide open and shadow mode: all is judged and all is delivered. */
function configuration(sinkPort: number): string {
  return `
[policy]
mode = "shadow"
[smtp.bounds]
maxPerAddress = 1000
maxPerNetwork = 1000
[limits]
messagesPerHour = 1000000
messagesPerDay = 1000000
recipientsPerHour = 1000000
recipientsPerDay = 1000000
newRecipientsPerDay = 1000000
[[routes]]
name = "sink"
kind = "smarthost"
host = "127.0.0.1"
port = ${sinkPort}
tls = "off"
allowPrivate = true
`
}

async function startUnscored(sinkPort: number): Promise<OpenArm> {
  const path = fileURLToPath(new URL('unscored-child.ts', import.meta.url))
  const child = endWithUs(
    spawn(process.execPath, [path, String(sinkPort)], { stdio: ['ignore', 'pipe', 'inherit'] })
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said: unknown = await Promise.race([
    once(child.stdout, 'data').then(([first]: unknown[]) => first),
    ended
  ])
  const port = Number(String(said))
  if (!(port > 0)) throw new Error('the pipeline without scoring did not start')
  return {
    port,
    pids: [child.pid ?? 0],
    async close() {
      child.kill('SIGTERM')
      await ended
    }
  }
}
