import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
  createAskSluice,
  type SluiceAddress
} from '../../../../service/doors/callouts/opensmtpd/ask-sluice.ts'
import { newSession } from '../../../../service/doors/callouts/opensmtpd/smtp-session.ts'
import { answered, openRspamd } from '../rspamd/open-rspamd.ts'

const raw = Buffer.from('Subject: x\r\n\r\nbody\r\n')
const never = new AbortController().signal

function asker(address: SluiceAddress, timeoutMs = 5_000) {
  return createAskSluice({
    address,
    timeoutMs,
    settingsId: 'opensmtpd',
    password: 'secret-word',
    version: '1.0'
  })
}

function session(rcptTo: string[] = ['bob@b.test']) {
  const client = { ip: '192.0.2.7', helo: 'ü\u0001.local', port: 1, tls: { version: 'TLSv1.3', cipher: 'X' } }
  return { ...newSession(), client, user: 'alice', transaction: { id: 'ea8efa6a', mailFrom: '', rcptTo } }
}

test('Sluice’s own rspamd listener understands the question, and the filter its answer', async (t) => {
  const { port, asked } = await openRspamd(t, { client: { kind: 'opensmtpd', hold: 'tempfail' } })
  const rcptTo = [
    '"x, y"@b.test',
    'zoë@c.test',
    ...Array.from({ length: 500 }, (_, at) => `somebody-${at}@d.test`)
  ]
  const outcome = await asker({ host: '127.0.0.1', port })({ session: session(rcptTo), raw }, never)
  assert.ok(outcome.kind === 'answered' && outcome.fate.kind === 'pass')
  assert.deepEqual(
    outcome.edits.add.map(({ name }) => name),
    ['X-Sluice-Verdict', 'X-Sluice-Priority', 'X-Sluice-Id']
  )
  const [question] = asked
  assert.ok(question)
  assert.equal(Buffer.from(question.raw ?? []).compare(raw), 0)
  assert.deepEqual(question.rcptTo, rcptTo)
  assert.equal(question.mailFrom.replace(/^<>$/u, ''), '')
  assert.deepEqual(
    { ...question, raw: null, rcptTo: null, mailFrom: null },
    {
      protocol: 'rspamd',
      peer: '127.0.0.1',
      introduction: {
        settingsId: 'opensmtpd',
        userAgent: 'sluice-filter-opensmtpd/1.0',
        password: 'secret-word',
        kind: 'opensmtpd'
      },
      client: { ip: '192.0.2.7', helo: 'ü.local', port: null, tls: { version: 'TLSv1.3', cipher: 'X' } },
      user: 'alice',
      authMethod: null,
      mailFrom: null,
      rcptTo: null,
      queueId: 'ea8efa6a',
      raw: null,
      sizeBytes: raw.length
    }
  )
})

for (const [verdict, reply] of [
  ['hold', /^451 4\.7\.1 .*verdict/u],
  ['block', /^550 5\.7\.1 .*verdict/u]
] as const)
  test(`${verdict} is told as ${reply.source}`, async (t) => {
    const client = { kind: 'opensmtpd', hold: 'tempfail' } as const
    const { port } = await openRspamd(t, { client, ask: async () => answered(verdict, {}, client) })
    const outcome = await asker({ host: '127.0.0.1', port })({ session: session(), raw }, never)
    assert.ok(outcome.kind === 'answered' && outcome.fate.kind === 'refuse')
    assert.match(outcome.fate.reply, reply)
  })

/** Answers every connection as `serve` says. */
async function openServer(
  t: TestContext,
  serve: (socket: Socket) => void,
  path?: string
): Promise<SluiceAddress> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket)
  })
  server.listen(path ?? { host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  t.after(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  if (typeof address === 'string' || address === null) return { socketPath: path ?? '' }
  return { host: '127.0.0.1', port: address.port }
}

const ok = '{"action":"no action"}'
const http = (body: string, head = '200 OK') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`

const failures: Readonly<Record<string, (socket: Socket) => void>> = {
  'a connection that is cut': (socket) => socket.destroy(),
  'no HTTP': (socket) => socket.end('220 smtp.test ESMTP\r\n'),
  'another status': (socket) => socket.end(http(ok, '503 Service Unavailable')),
  'half an answer': (socket) => socket.end(http(ok).slice(0, -5)),
  'an answer without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const timer = setInterval(() => socket.write(Buffer.alloc(300_000, 'x')), 5)
    socket.once('close', () => clearInterval(timer))
  }
}

for (const [what, serve] of Object.entries(failures))
  test(`${what} is a failure`, async (t) => {
    const ask = asker(await openServer(t, serve))
    assert.equal((await ask({ session: session(), raw }, never)).kind, 'failed')
  })

test('no answer is waited for longer than it may take, however it trickles', async (t) => {
  const address = await openServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
    const timer = setInterval(() => socket.write('y'), 10)
    socket.once('close', () => clearInterval(timer))
  })
  const outcome = await asker(address, 60)({ session: session(), raw }, never)
  assert.deepEqual(outcome, { kind: 'failed', cause: 'no answer within 60 ms' })
})

test('a client that has gone ends the question', async (t) => {
  const address = await openServer(t, () => undefined)
  const gone = new AbortController()
  const outcome = asker(address)({ session: session(), raw }, gone.signal)
  gone.abort()
  assert.equal((await outcome).kind, 'failed')
})

test('nobody listening is a failure at once', async () => {
  assert.equal(
    (await asker({ host: '127.0.0.1', port: 1 })({ session: session(), raw }, never)).kind,
    'failed'
  )
})

test('a unix socket can be asked too', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-filter-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const address = await openServer(
    t,
    (socket) => socket.once('data', () => socket.end(http(ok))),
    join(directory, 's')
  )
  assert.equal((await asker(address)({ session: session(), raw }, never)).kind, 'answered')
})
