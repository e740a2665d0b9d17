import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fixedScore, type FixedAnswer } from '../helpers/fixed-score.ts'
import { noPressure, openPipeline, type PipelineOptions } from '../helpers/open-pipeline.ts'
import { connectSmtp, type SmtpClient } from '../helpers/smtp-client.ts'
import { unescapeBytes } from '../helpers/unescape-bytes.ts'

/**
 * Conversations as text. The head says what is listened to; then, line by line:
 *   C: what the client says (CRLF is added); `\r`, `\n`, `\0`, `\\` and `\x41` are read, `${100x=}` repeats
 *   c: the same without a line end
 *   S: the reply, line by line; `*` stands for anything, `S: 250 ...` for any number of lines
 * The head takes what `optionsOf` reads, among it every bound: `@bounds.maxErrors=3`.
 *   TLS handshake; CLOSED: the server has hung up
 */
for (const name of await readdir(import.meta.dirname)) {
  if (!name.endsWith('.txt')) continue
  test(basename(name, '.txt').replaceAll('-', ' '), async (t) => {
    await play(t, await readFile(join(import.meta.dirname, name), 'utf8'))
  })
}

async function play(t: TestContext, text: string): Promise<void> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const head = new Map(lines.filter((line) => line.startsWith('@')).map(toSetting))
  const pipeline = await openPipeline(t, optionsOf(head))
  const port = head.get('port') ?? 'submission'
  assert.ok(port === 'submission' || port === 'submissions' || port === 'relay')
  const client = await connectSmtp(pipeline.ports[port], { tls: port === 'submissions' })
  t.after(() => client.close())
  const steps = lines.filter((line) => !line.startsWith('@'))
  for (let at = 0; at < steps.length; at += 1) {
    const expected = takeReply(steps, at)
    if (expected.length > 0) assertReply(await client.reply(), expected)
    else await act(client, steps[at] ?? '')
    at += Math.max(expected.length - 1, 0)
  }
  const kept = pipeline.queue.counts()
  if (head.has('queued')) assert.equal(kept.queued, Number(head.get('queued')), 'messages in the queue')
  if (head.has('held')) assert.equal(kept.held, Number(head.get('held')), 'messages held')
}

const answers: readonly FixedAnswer[] = ['allow', 'hold', 'block', 'overloaded', 'storage-full', 'broken']

function toSetting(line: string): readonly [string, string] {
  const [name = '', value = ''] = line.slice(1).trim().split('=')
  return [name, value]
}

function optionsOf(head: ReadonlyMap<string, string>): PipelineOptions {
  const onHold = head.get('onHold') ?? 'accept'
  assert.ok(onHold === 'accept' || onHold === 'tempfail' || onHold === 'reject')
  const score = answers.find((one) => one === head.get('score'))
  const proxies = head.get('proxies')
  return {
    onHold,
    bounds: boundsOf(head),
    pressure: () => ({
      ...noPressure,
      ...(head.get('pressure') === 'disk' && { freeDiskBytes: 1 }),
      ...(head.get('pressure') === 'scoring' && { scoringPending: 1e6 })
    }),
    ...(score !== undefined && { score: fixedScore(score) }),
    smtp: {
      maxMessageBytes: Number(head.get('maxMessageBytes') ?? 100_000),
      maxRecipients: Number(head.get('maxRecipients') ?? 100),
      maxConnections: Number(head.get('maxConnections') ?? 100),
      relayNetworks: [head.get('relayNetwork') ?? '127.0.0.0/8'],
      idleTimeoutMs: Number(head.get('idleTimeoutMs') ?? 5_000),
      ...(proxies !== undefined && {
        proxyNetworks: [proxies],
        proxyListeners: ['submission', 'submissions', 'relay']
      })
    }
  }
}

/** `@bounds.maxErrors=3` */
function boundsOf(head: ReadonlyMap<string, string>): Readonly<Record<string, number>> {
  const given = [...head].filter(([name]) => name.startsWith('bounds.'))
  return Object.fromEntries(given.map(([name, value]) => [name.slice('bounds.'.length), Number(value)]))
}

function takeReply(steps: readonly string[], from: number): readonly string[] {
  let end = from
  while (steps[end]?.startsWith('S: ') === true) {
    end += 1
    // A reply ends with the line whose code is followed by a blank
    if (/^S: \d{3}(?: |$)/u.test(steps[end - 1] ?? '')) break
  }
  return steps.slice(from, end).map((line) => line.slice(3))
}

function assertReply(actual: string, expected: readonly string[]): void {
  const [only = ''] = expected
  if (only.endsWith(' ...')) return assert.match(actual, new RegExp(`^${only.slice(0, 3)}[- ]`, 'u'))
  const pattern = expected.map((line) => line.split('*').map(RegExpEscape).join('.*')).join('\n')
  assert.match(actual, new RegExp(`^${pattern}$`, 'u'))
}

async function act(client: SmtpClient, step: string): Promise<void> {
  if (step === 'TLS') return client.startTls()
  if (step === 'CLOSED') return assert.equal(await client.reply(), '', 'the connection is closed')
  const [verb, said] = [step.slice(0, 2), step.slice(3)]
  assert.ok(verb === 'C:' || verb === 'c:', `what is ${step}?`)
  client.send(Buffer.from(`${unescapeBytes(said)}${verb === 'C:' ? '\r\n' : ''}`, 'latin1'))
}

function RegExpEscape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
}
