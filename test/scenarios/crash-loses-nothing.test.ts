import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../integration/harness/free-ports.ts'
import { test } from 'node:test'
import type { FailpointName } from '../../service/queue/failpoint.ts'
import { connectSmtp } from '../helpers/smtp-client.ts'
import { startSink, type SmtpSink } from '../helpers/smtp-sink.ts'
import type { CrashChildOptions } from './crash-child.ts'

const submissions = 2_000
const connections = 20
const maxConnections = 20

/** Where the process ends, and how often it passes there before: in the thick of it. */
const kills: readonly { readonly name: FailpointName; readonly countdown: number }[] = [
  { name: 'before-spool-write', countdown: 200 },
  { name: 'after-spool-write', countdown: 201 },
  { name: 'before-250', countdown: 202 },
  { name: 'after-250', countdown: 203 },
  { name: 'during-delivery', countdown: 204 },
  { name: 'before-outcome-recorded', countdown: 205 }
]

test('kill -9 at any moment loses no message that was answered with 250', { timeout: 120_000 }, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-crash-'))
  const sink = await startSink()
  t.after(async () => {
    await sink.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const port = await freePort()
  const config = configOf(dataDir, port, sink)
  const accepted = new Set<string>()
  const quota = Math.ceil(submissions / kills.length)
  let sent = 0

  for (const failpoint of kills) {
    const child = await start({ config, failpoint })
    const keys = Array.from({ length: quota }, () => `key-${(sent += 1)}`)
    const before = accepted.size
    await submit(port, keys, accepted)
    await ended(child)
    assert.ok(accepted.size > before, `some were accepted before ${failpoint.name}`)
  }
  const last = await start({ config, failpoint: null })
  t.after(() => last.kill('SIGKILL'))
  await everyKeyArrives(sink, accepted)

  const copies = countKeys(sink)
  const duplicates = [...copies.values()].reduce((sum, count) => sum + count - 1, 0)
  assert.ok(sent >= submissions, `${sent} submissions`)
  assert.ok(
    duplicates <= kills.length * maxConnections,
    `${duplicates} duplicates: one for each attempt under way, at most`
  )
  t.diagnostic(
    `${sent} submitted, ${accepted.size} accepted, 0 lost, ${duplicates} delivered twice, ${kills.length} kills`
  )
})

function configOf(dataDir: string, relayPort: number, sink: SmtpSink): object {
  const many = 1_000_000
  return {
    dataDir,
    http: { port: 0 },
    smtp: { submissionPort: 0, submissionsPort: 0, relayPort, hostname: 'mx.test' },
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
    delivery: { maxConnections, firstRetryDelayMs: 100 },
    parse: { workers: 1 },
    routes: [
      { name: 'sink', kind: 'smarthost', host: '127.0.0.1', port: sink.port, tls: 'off', allowPrivate: true }
    ]
  }
}

async function start(options: CrashChildOptions): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'crash-child.ts'), JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'inherit'] }
  )
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => assert.fail('the service did not start'))
  ])
  return child
}

/** Sends the messages over several connections until they are through or the other side is gone. */
async function submit(port: number, keys: readonly string[], accepted: Set<string>): Promise<void> {
  const left = [...keys]
  await Promise.all(
    Array.from({ length: connections }, () => sendFrom(port, left, accepted).catch(() => undefined))
  )
}

async function sendFrom(port: number, left: string[], accepted: Set<string>): Promise<void> {
  const client = await connectSmtp(port)
  await client.reply()
  await client.say('EHLO test')
  for (let key = left.shift(); key !== undefined && !client.closed; key = left.shift()) {
    client.send(`MAIL FROM:<${key}@example.org>\r\nRCPT TO:<someone@example.net>\r\nDATA\r\n`)
    for (let command = 0; command < 3; command += 1) await client.reply()
    const reply = await client.say(`${messageOf(key)}\r\n.`)
    if (reply.startsWith('250 ')) accepted.add(key)
  }
  client.close()
}

/** Every fortieth is so large that its body lies in a file. */
function messageOf(key: string): string {
  const lines = Number(key.slice(4)) % 40 === 0 ? 5_000 : 20
  return `From: <${key}@example.org>\r\nSubject: crash\r\nX-Key: ${key}\r\n\r\n${`${'x'.repeat(60)}\r\n`.repeat(lines)}`
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
}

async function everyKeyArrives(sink: SmtpSink, accepted: ReadonlySet<string>): Promise<void> {
  const missing = new Set(accepted)
  for (let seen = 0; missing.size > 0;) {
    const mails = await sink.received(seen + 1)
    for (; seen < mails.length; seen += 1) missing.delete(keyOf(mails[seen]?.data ?? ''))
  }
}

function countKeys(sink: SmtpSink): ReadonlyMap<string, number> {
  const copies = new Map<string, number>()
  for (const { data } of sink.mails) {
    const key = keyOf(data)
    copies.set(key, (copies.get(key) ?? 0) + 1)
  }
  return copies
}

function keyOf(data: string): string {
  return /^X-Key: (\S+)/mu.exec(data)?.[1] ?? ''
}
