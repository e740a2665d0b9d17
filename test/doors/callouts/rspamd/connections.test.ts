import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { createServeRspamc } from '../../../../service/doors/callouts/rspamc/serve-rspamc.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { answered, mail, openRspamd } from './open-rspamd.ts'

const scan = (user: string, more = ''): string =>
  `POST /checkv2 HTTP/1.1\r\nHost: x\r\nUser: ${user}\r\n${more}Content-Length: ${mail.length}\r\n\r\n${mail}`

test('one connection carries many questions, also before the answers are there', async (t) => {
  const { say, asked } = await openRspamd(t)
  const said = await say(scan('a'), scan('b') + scan('c'), scan('d', 'Connection: close\r\n'))
  assert.equal(said.match(/HTTP\/1\.1 200 OK/gu)?.length, 4)
  assert.deepEqual(
    asked.map(({ user }) => user),
    ['a', 'b', 'c', 'd']
  )
})

test('a client that shuts down its side gets its answer', async (t) => {
  const { say } = await openRspamd(t)
  assert.match(await say(scan('a'), 'half-close'), /^HTTP\/1\.1 200 OK/u)
  assert.match(
    await say(`POST /checkv2 HTTP/1.0\r\nContent-Length: ${mail.length}\r\n\r\n`, mail, 'half-close'),
    /"action":"no action"/u
  )
})

test('everything in one packet, the end of the connection too, is answered', async (t) => {
  const { port } = await openRspamd(t)
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.end(scan('a'))
  assert.match((await buffer(socket)).toString(), /^HTTP\/1\.1 200 OK/u)
})

for (const { name, first } of [
  { name: 'rspamc', first: 'CHECK RSPAMC/1.3\r\nContent-length: 3\r\n\r\nabc' },
  { name: 'rspamc', first: 'REPORT_IFSPAM RSPAMC/1.2\r\n\r\n' },
  { name: 'spamc', first: 'PING SPAMC/1.5\r\n\r\n' }
]) {
  test(`${first.slice(0, 12)} on the same port is for ${name}, however it is cut`, async (t) => {
    const { say, older } = await openRspamd(t)
    assert.equal(await say(first), 'served')
    assert.equal(older[0], `${name} ${first}`)
    assert.equal(await say(...first.slice(0, 22).split('')), 'served')
    assert.ok(older[1]?.startsWith(`${name} ${first.slice(0, 11)}`))
  })
}

test('Exim’s question on the same port is answered by the protocol that it speaks', async (t) => {
  const asked: (string | null)[] = []
  const serveRspamc = createServeRspamc({
    ask: async ({ user }) => {
      asked.push(user)
      return answered('block')
    },
    limits: { maxMessageBytes: 1_000, budget: createByteBudget(10_000) },
    log: silentLogger
  })
  const { say } = await openRspamd(t, { serveRspamc })
  const question = `CHECK RSPAMC/1.3\r\nContent-length: ${mail.length}\r\nUser: alice\r\n\r\n`
  assert.match(await say(question, mail), /^RSPAMD\/1\.3 0 EX_OK\r\nMetric: default; True; /u)
  assert.match(await say(question + mail), /\r\nAction: reject\r\n/u)
  assert.deepEqual(asked, ['alice', 'alice'])
})

for (const first of [
  '\u0016\u0003\u0001\u0002\u0000',
  'EHLO mail.example.org\r\n',
  'CHECK SPAMD/1.2\r\n\r\n',
  'A'.repeat(100),
  'POST\r\n\r\n'
]) {
  test(`${JSON.stringify(first.slice(0, 20))} is told that it is no request`, async (t) => {
    const { say } = await openRspamd(t)
    assert.match(await say(first, 'half-close'), /^HTTP\/1\.1 400 Bad Request\r\n/u)
  })
}

for (const { name, times, first, answer } of [
  { name: 'says nothing', times: { sniffMs: 50 }, first: '', answer: /^$/u },
  { name: 'does not end its first word', times: { sniffMs: 50 }, first: 'CHECK', answer: /^$/u },
  {
    name: 'does not end its header',
    times: { headersMs: 50 },
    first: 'POST /checkv2 HTTP/1.1\r\nHost: x\r\nRcpt',
    answer: /^HTTP\/1\.1 408 /u
  },
  {
    name: 'does not end its message',
    times: { headersMs: 50, requestMs: 100 },
    first: 'POST /checkv2 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nFrom',
    answer: /^HTTP\/1\.1 408 /u
  },
  {
    name: 'asks nothing more',
    times: { idleMs: 1 },
    first: 'GET /ping HTTP/1.1\r\nHost: x\r\n\r\n',
    answer: /pong\r\n$/u
  }
]) {
  test(`a client that ${name} is disconnected`, async (t) => {
    const { say, asked } = await openRspamd(t, { times })
    assert.match(await say(first), answer)
    assert.equal(asked.length, 0)
  })
}

test('a client that drips its message does not stay either', async (t) => {
  const { port } = await openRspamd(t, { times: { headersMs: 50, requestMs: 150 } })
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.write('POST /checkv2 HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n')
  const drip = setInterval(() => socket.write('x'), 10)
  socket.resume()
  await once(socket, 'close')
  clearInterval(drip)
})

test('closing waits for the answer that is owed, and takes no new question', async (t) => {
  const owed = Promise.withResolvers<void>()
  const isAsked = Promise.withResolvers<void>()
  const { door, port } = await openRspamd(t, {
    ask: async () => {
      isAsked.resolve()
      await owed.promise
      return answered('hold')
    }
  })
  const idle = connect({ port, host: '127.0.0.1' }).resume()
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(scan('a'))
  await isAsked.promise
  const closed = door.close()
  await once(idle, 'close')
  socket.write(scan('b'))
  owed.resolve()
  const said = (await buffer(socket)).toString()
  await closed
  assert.match(said, /^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*Connection: close\r\n/u)
  assert.equal(said.match(/"action"/gu)?.length, 1)
})

test('beyond the connections that it serves it takes none, until one ends', async (t) => {
  const { port, say } = await openRspamd(t, { maxConnections: 2 })
  const open = [connect({ port, host: '127.0.0.1' }), connect({ port, host: '127.0.0.1' })]
  await Promise.all(open.map((socket) => once(socket, 'connect')))
  assert.equal(await say('GET /ping HTTP/1.0\r\n\r\n').catch(() => ''), '')
  for (const socket of open) socket.end()
  await Promise.all(open.map((socket) => once(socket.resume(), 'close')))
  assert.match(await say('GET /ping HTTP/1.0\r\n\r\n'), /pong/u)
})

test('over a unix socket it asks without a peer', async (t) => {
  const { door, asked } = await openRspamd(t)
  const directory = await mkdtemp(join(tmpdir(), 'rspamd-'))
  t.after(() => rm(directory, { recursive: true }))
  const socketPath = join(directory, 'rspamd.sock')
  await door.listen({ path: socketPath })
  const sent = request({ socketPath, path: '/checkv2', method: 'POST' })
  sent.end(mail)
  const [response] = await once(sent, 'response')
  await buffer(response)
  assert.deepEqual([response.statusCode, asked[0]?.peer], [200, null])
})
