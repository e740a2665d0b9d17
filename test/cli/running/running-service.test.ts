import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { greet } from '../../../service/cli/views/greeting.ts'
import { createTerminal } from '../../../service/cli/views/terminal.ts'
import { loadConfig } from '../../../service/config/load-config.ts'
import { injectedSchema, messageStorySchema } from '../../../service/contracts/messages.ts'
import { messagePageSchema } from '../../../service/contracts/queue.ts'
import { newTokenSchema, tokenListSchema } from '../../../service/contracts/token.ts'
import { verdictAnswerSchema } from '../../../service/contracts/verdict-answer.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import { openWorkplace } from '../run-sluice.ts'

const meeting = fileURLToPath(new URL('../meeting.eml', import.meta.url))

/** One service for the whole file: mail goes to a sink, and each sender's second message of the hour is held. */
const sink = await startSink()
after(() => sink.close())
const { sluice, start, dataDir } = await openWorkplace(
  { after },
  `[limits]\nmessagesPerHour = 1\n[[routes]]\nname = "sink"\nkind = "smarthost"\nhost = "127.0.0.1"\nport = ${sink.port}\ntls = "off"\nallowPrivate = true\n`
)
const service = await start()

test('score asks the running service, learns nothing there, and one bad file does not stop the rest', async () => {
  const input = await readFile(meeting, 'utf8')
  const { code, stdout, stderr } = await sluice(['score', '--json', 'nowhere.eml', '-', meeting], input)
  const verdicts = stdout
    .trimEnd()
    .split('\n')
    .map((line) => verdictAnswerSchema.parse(JSON.parse(line)))
  assert.equal(code, 1)
  assert.equal(stderr, 'sluice: nowhere.eml: there is no such file\n')
  const senders = verdicts.map(({ sender }) => `${sender.id} ${sender.messagesSeen}`)
  assert.deepEqual(senders, ['juergen@example.org 0', 'juergen@example.org 0'])
})

test('a message that names nobody needs --rcpt', async () => {
  const input = 'From: a@example.org\r\nSubject: x\r\n\r\ny\r\n'
  const refused = await sluice(['score', '-'], input)
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /To and Cc fields name nobody\nSay who it goes to with --rcpt/u)
})

test('the first step that the greeting prints works as it stands', async (t) => {
  if (spawnSync('curl', ['--version']).status !== 0) return t.skip('no curl here: apt-get install curl')
  let text = ''
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => done(void (text += chunk.toString()))
  })
  const { config } = loadConfig({ env: { SLUICE_DATADIR: dataDir } })
  const smtp = { host: '0.0.0.0', submission: 2587, submissions: null, relay: 2525 }
  const callouts = { host: '127.0.0.1', rspamd: 11333, policy: 10040, milter: 10041 }
  await greet({
    sluice: { addresses: { http: service.http, smtp, callouts }, adminToken: undefined },
    config,
    configuredToken: undefined,
    version: '1.2.3',
    tookMs: 400,
    terminal: createTerminal({ output })
  })
  assert.match(text, /^Sluice 1\.2\.3 is ready[\s\S]*swaks --server 127\.0\.0\.1 --port 2525/u)
  const command = text.split('\n').find((line) => line.trimStart().startsWith('curl')) ?? ''
  const { stdout } = await promisify(execFile)('sh', ['-c', command])
  assert.equal(verdictAnswerSchema.parse(JSON.parse(stdout)).sender.id, 'alice@example.org')
})

test('held mail is listed, shown with its reasons, released, and then leaves', async () => {
  await inject('first')
  const held = await inject('second \u001b[2J')
  assert.equal(held.state, 'held')
  const { items } = messagePageSchema.parse(JSON.parse((await sluice(['held', 'list', '--json'])).stdout))
  assert.deepEqual(
    items.map(({ id }) => id),
    [held.id]
  )
  const shown = await sluice(['held', 'show', held.id])
  assert.match(shown.stdout, /^ HOLD {3}risk/mu)
  assert.match(shown.stdout, /MESSAGES_PER_HOUR/u)
  assert.ok(!shown.stdout.includes('\u001b'), 'what moves the cursor is not passed on')
  const released = await sluice(['held', 'release', held.id, 'unknown', '--note', 'asked by phone'])
  assert.equal(released.code, 1)
  assert.match(released.stdout, new RegExp(`${held.id} {2}released\nunknown {2}no such message\n`, 'u'))
  await sink.received(2)
  const story = messageStorySchema.parse(
    JSON.parse((await sluice(['queue', 'show', held.id, '--json'])).stdout)
  )
  assert.partialDeepStrictEqual(story.hold?.decision, { kind: 'released', note: 'asked by phone' })
})

test('an order that the state does not allow is refused in a sentence', async () => {
  const held = await inject('third')
  const { code, stderr } = await sluice(['queue', 'cancel', held.id])
  assert.deepEqual([code, stderr], [1, 'sluice: The state does not allow it: the message is held\n'])
})

test('a sender is shown, restricted, rewound and erased by name', async () => {
  const carol = 'carol@example.org'
  const shown = await sluice(['senders', 'show', carol])
  assert.match(
    shown.stdout,
    /^carol@example\.org {2}normal\n[\s\S]*history +\d+ messages learned[\s\S]*LIMIT_MESSAGES/u
  )
  const restricted = await sluice(['senders', 'restrict', carol, '--note', 'odd calls'])
  assert.equal(restricted.stdout, 'carol@example.org is restricted (was normal).\n')
  const rewound = await sluice(['senders', 'rewind', carol, '--since', '1h', '--json'])
  assert.partialDeepStrictEqual(JSON.parse(rewound.stdout), { id: carol, messagesSeen: 0, complete: true })
  const erased = await sluice(['senders', 'erase', carol])
  assert.match(
    erased.stdout,
    /^carol@example\.org is erased: habits, \d+ verdicts.*\n1 messages are still queued or held/u
  )
})

test('a second start on the same data directory says who has it', async () => {
  const { code, stderr } = await sluice(['start'])
  assert.equal(code, 1)
  assert.match(stderr, /^sluice: Another process uses this data directory.*pid \d+[^\n]*\n$/u)
})

test('tokens are managed over HTTP while the service runs, and in the store after a signal has ended it', async () => {
  const added = await sluice(['tokens', 'add', 'mta', '--scope', 'score', '--scope', 'feedback', '--json'])
  const made = newTokenSchema.parse(JSON.parse(added.stdout))
  assert.deepEqual(made.scopes, ['score', 'feedback'])
  assert.equal(await service.stop(), 0)
  assert.deepEqual([existsSync(join(dataDir, 'run.json')), existsSync(join(dataDir, 'lock'))], [false, false])
  const listed = tokenListSchema.parse(JSON.parse((await sluice(['tokens', 'list', '--json'])).stdout))
  assert.deepEqual(listed.items.map(({ name }) => name).toSorted(), ['first admin token', 'mta'])
  const last = await sluice(['tokens', 'revoke', 'admin'])
  assert.equal(last.code, 1)
  assert.match(last.stderr, /last token with the scope admin/u)
})

async function inject(subject: string): Promise<{ id: string; state: string }> {
  const raw = `From: Carol <carol@example.org>\r\nTo: bob@example.net\r\nSubject: ${subject}\r\n\r\nAt noon?\r\n`
  const response = await fetch(new URL('/v1/messages', service.http), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${service.adminToken}` },
    body: JSON.stringify({
      auth: { user: 'carol@example.org' },
      envelope: { from: 'carol@example.org', to: ['bob@example.net'] },
      raw: Buffer.from(raw).toString('base64')
    })
  })
  return injectedSchema.parse(await response.json())
}
