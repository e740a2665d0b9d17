import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { endWithUs } from './end-with-us.ts'
import { freePort } from './free-port.ts'
import type { Peer } from './rspamd.ts'

const runSchema = z.looseObject({
  pid: z.number(),
  http: z.url(),
  smtp: z.looseObject({ relay: z.number().nullable() })
})

export interface SluicePeer extends Peer {
  readonly token: string
  readonly relayPort: number
  /** Where mail servers ask; 0: nowhere. */
  readonly callouts: CalloutPorts
}

export interface CalloutPorts {
  readonly rspamd: number
  readonly policy: number
  readonly milter: number
}

const noCallouts: CalloutPorts = { rspamd: 0, policy: 0, milter: 0 }

export async function freeCalloutPorts(): Promise<CalloutPorts> {
  return { rspamd: await freePort(), policy: await freePort(), milter: await freePort() }
}

/** The service as `npm start` runs it, in a process and data directory of its own, on free ports. `toml` is added to its configuration. */
export async function startSluicePeer(
  toml = '',
  callouts = noCallouts,
  clickhouse = 'off'
): Promise<SluicePeer> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  const dataDir = join(directory, 'data')
  writeFileSync(join(directory, 'sluice.toml'), `dataDir = "${dataDir}"\n${toml}`)
  const entry = fileURLToPath(new URL('../../service/cli/sluice.ts', import.meta.url))
  const env = {
    ...process.env,
    SLUICE_HTTP_PORT: '0',
    SLUICE_SMTP_SUBMISSIONPORT: '0',
    SLUICE_SMTP_SUBMISSIONSPORT: '0',
    SLUICE_SMTP_RELAYPORT: String(await freePort()),
    SLUICE_CALLOUTS_RSPAMDPORT: String(callouts.rspamd),
    SLUICE_CALLOUTS_POLICYPORT: String(callouts.policy),
    SLUICE_CALLOUTS_MILTERPORT: String(callouts.milter),
    SLUICE_CLICKHOUSE_URL: clickhouse,
    SLUICE_LOG_LEVEL: 'warn',
    SLUICE_PARSE_WORKERS: '1'
  }
  const args = [entry, 'start', '--config', join(directory, 'sluice.toml')]
  const child = endWithUs(spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }))
  const run = await waitForRunFile(join(dataDir, 'run.json'), () => child.exitCode)
  return {
    name: 'Sluice',
    pid: child.pid ?? 0,
    port: Number(new URL(run.http).port),
    token: readFileSync(join(dataDir, 'admin-token'), 'utf8').trim(),
    relayPort: run.smtp.relay ?? 0,
    callouts,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(10_000)])
      if (child.exitCode === null) child.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

async function waitForRunFile(
  path: string,
  exitCode: () => number | null
): Promise<z.output<typeof runSchema>> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (exitCode() !== null) throw new Error(`Sluice ended with ${exitCode()} before it was ready`)
    try {
      return runSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      await sleep(50)
    }
  }
  throw new Error(`${path} did not appear within 15 s`)
}
