import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after } from 'node:test'
import { z } from 'zod'
import { messageStorySchema } from '../../../service/contracts/messages.ts'
import { messagePageSchema, type QueuedMessageAnswer } from '../../../service/contracts/queue.ts'
import { connectSmtp } from '../../helpers/smtp-client.ts'
import type { CrashChildOptions } from '../../scenarios/crash-child.ts'
import { onClose, type Closing } from '../harness/closing.ts'
import { freePort } from '../harness/free-ports.ts'
import { createSluiceApi } from '../harness/sluice-api.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { waitFor } from '../harness/wait-for.ts'

export type Story = z.output<typeof messageStorySchema>

export interface ServiceOptions {
  readonly routes: readonly object[]
  readonly delivery?: object
  /** `[smtp.bounds]`. */
  readonly bounds?: object
  /** Further sections of the configuration. */
  readonly more?: object
  /** Default: a temporary one. */
  readonly dataDir?: string
}

export interface Mail {
  readonly from?: string
  readonly to: readonly string[]
  /** Default: a few lines. */
  readonly sizeBytes?: number
  /** Found again in `X-Key`. */
  readonly key: string
}

/** The real service in a process of its own, killed and started again on the same data. */
export interface DurableService {
  readonly dataDir: string
  start(more?: Partial<Omit<CrashChildOptions, 'config'>>): Promise<void>
  /** Waits until it has ended by its failpoint. */
  ended(): Promise<void>
  /** SIGKILL, and its end. */
  kill(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** The last reply of the dialogue; empty: the connection ended before it. */
  submit(mail: Mail): Promise<string>
  /** Accepts nothing but 250; gives the queue id. */
  accept(mail: Mail): Promise<string>
  story(id: string): Promise<Story>
  page(): Promise<readonly QueuedMessageAnswer[]>
  /** Nothing waits any more. */
  idle(): Promise<void>
  /** What it warned of since the last start, JSON lines. */
  warnings(): string
}

/** For what a suite opens in `before`: call it in the suite's body. The last opened is closed first. */
export function closingAfter(): Closing {
  const ends: (() => Promise<void>)[] = []
  after(async () => {
    for (const end of ends.toReversed()) await end()
  })
  return { after: (end) => void ends.push(end) }
}

const runSchema = z.looseObject({ http: z.url() })

export async function openService(t: Closing, options: ServiceOptions): Promise<DurableService> {
  const dataDir = options.dataDir ?? (await temporaryDirectory('durable'))
  const port = await freePort()
  const config = configOf(dataDir, port, options)
  let child: ChildProcess | null = null
  let warned = ''
  onClose(t, kill)

  return {
    dataDir,
    start,
    ended,
    kill,
    signal: (name) => void child?.kill(name),
    submit: (mail) => submit(port, mail),
    async accept(mail) {
      const reply = await submit(port, mail)
      const id = /^250 2\.0\.0 Ok: queued as (?<id>\S+)/u.exec(reply)?.groups?.['id']
      if (id === undefined) throw new Error(`not accepted: ${reply}`)
      return id
    },
    story: async (id) => messageStorySchema.parse(await call(`/v1/messages/${id}`)),
    page,
    async idle() {
      await waitFor('nothing waits any more', async () =>
        (await page()).every(({ state }) => state !== 'queued')
      )
    },
    warnings: () => warned
  }

  async function start(more: Partial<Omit<CrashChildOptions, 'config'>> = {}): Promise<void> {
    const given: CrashChildOptions = { config, failpoint: null, ...more }
    const path = join(import.meta.dirname, '../../scenarios/crash-child.ts')
    const started = spawn(process.execPath, [path, JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    child = started
    warned = ''
    started.stderr.setEncoding('utf8').on('data', (text: string) => (warned += text))
    const ready = await Promise.race([
      once(started.stdout, 'data').then(() => true),
      once(started, 'exit').then(() => false)
    ])
    if (!ready) throw new Error(`the service did not start: ${warned}`)
  }

  async function ended(): Promise<void> {
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    if (child?.signalCode !== 'SIGKILL') throw new Error(`it ended otherwise: ${warned}`)
  }

  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async function page(): Promise<readonly QueuedMessageAnswer[]> {
    return messagePageSchema.parse(await call('/v1/queue')).items
  }

  async function call(path: string): Promise<unknown> {
    const run = runSchema.parse(JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')))
    const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim()
    return createSluiceApi(run.http, token).call('GET', path)
  }
}

function configOf(
  dataDir: string,
  relayPort: number,
  { routes, delivery, bounds = {}, more }: ServiceOptions
): object {
  const many = 1_000_000
  return {
    dataDir,
    http: { port: 0 },
    smtp: { submissionPort: 0, submissionsPort: 0, relayPort, hostname: 'mx.test', bounds },
    callouts: { rspamdPort: 0, policyPort: 0, milterPort: 0 },
    clickhouse: { url: 'off' },
    // What is allowed is decided elsewhere: here everything that comes in goes out
    policy: { mode: 'shadow', withoutModels: 'allow' },
    limits: {
      messagesPerHour: many,
      messagesPerDay: many,
      recipientsPerHour: many,
      recipientsPerDay: many,
      newRecipientsPerDay: many
    },
    delivery: { firstRetryDelayMs: 100, ...delivery },
    parse: { workers: 1 },
    routes,
    ...more
  }
}

async function submit(port: number, mail: Mail): Promise<string> {
  const client = await connectSmtp(port)
  await client.reply()
  const envelope = [
    `MAIL FROM:<${mail.from ?? 'someone@example.org'}>`,
    ...mail.to.map((one) => `RCPT TO:<${one}>`)
  ]
  let reply = ''
  for (const line of ['EHLO test', ...envelope, 'DATA', `${textOf(mail)}\r\n.`]) {
    reply = await client.say(line)
    if (!/^[23]/u.test(reply)) break
  }
  client.close()
  return reply
}

function textOf({ key, sizeBytes = 500, from = 'someone@example.org' }: Mail): string {
  const body = `${'x'.repeat(60)}\r\n`.repeat(Math.ceil(sizeBytes / 62))
  return `From: <${from}>\r\nSubject: durable\r\nX-Key: ${key}\r\n\r\n${body}`
}

/** The way to a host on loopback. */
export function routeTo(port: number, more: object = {}): object {
  return { name: 'sink', kind: 'smarthost', host: '127.0.0.1', port, tls: 'off', allowPrivate: true, ...more }
}
