import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const entry = fileURLToPath(new URL('../../service/cli/sluice.ts', import.meta.url))

/** Something that ends, and closes then what was opened for it: a test, or a file of tests. */
interface Closing {
  after(act: () => Promise<void>): void
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A directory in which `sluice` is called, as a person would; removed after the test. */
export interface Workplace {
  readonly directory: string
  readonly dataDir: string
  readonly sluice: (args: readonly string[], input?: string) => Promise<Ended>
  /** `sluice start --json`, ready; stopped after the test at the latest. */
  readonly start: () => Promise<RunningSluice>
}

export interface RunningSluice {
  readonly http: string
  readonly adminToken: string | undefined
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
}

export async function openWorkplace(t: Closing, config = ''): Promise<Workplace> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-cli-'))
  await writeFile(join(directory, 'sluice.toml'), `${config}\n${quiet}`)
  t.after(() => rm(directory, { recursive: true, force: true }))
  return {
    directory,
    dataDir: join(directory, 'data'),
    sluice: (args, input) => run(spawnSluice(directory, args), input),
    start: () => start(t, directory)
  }
}

const quiet =
  '[http]\nport = 0\n[smtp]\nsubmissionPort = 0\nsubmissionsPort = 0\nrelayPort = 0\n[callouts]\nrspamdPort = 0\npolicyPort = 0\nmilterPort = 0\n[clickhouse]\nurl = "off"\n[parse]\nworkers = 1\n'

type Child = ChildProcessByStdio<Writable, Readable, Readable>

function spawnSluice(cwd: string, args: readonly string[]): Child {
  const env = { PATH: process.env['PATH'], NODE_NO_WARNINGS: process.env['NODE_NO_WARNINGS'] }
  return spawn(process.execPath, [entry, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
}

async function run(child: Child, input = ''): Promise<Ended> {
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

const readySchema = z.object({
  event: z.literal('service.ready'),
  http: z.string(),
  adminToken: z.string().optional()
})

async function start(t: Closing, directory: string): Promise<RunningSluice> {
  const child = spawnSluice(directory, ['start', '--json'])
  const closed = once(child, 'close')
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM')
    await closed
    return child.exitCode
  }
  t.after(async () => void (await stop()))
  const stderr = text(child.stderr)
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = readySchema.safeParse(JSON.parse(line))
    if (!ready.success) continue
    child.stdout.resume()
    return { http: ready.data.http, adminToken: ready.data.adminToken, stop }
  }
  throw new Error(`the service did not start: ${await stderr}`)
}
