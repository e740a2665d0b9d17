import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createDovecotLogins } from '../../../service/access/logins/dovecot-logins.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const attempt = { name: 'alice', password: 'right horse', ip: '192.0.2.7', isSecure: true }
const greeting = 'VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\tab\nDONE\n'

/** The real Dovecot is in the integration tests; here are its moods. */
async function authServer(t: TestContext, answer: (line: string, socket: Socket) => void, hello = greeting) {
  const socketPath = join(await temporaryDirectory(t), 'auth')
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.write(hello)
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\n')) if (line.startsWith('AUTH\t')) answer(line, socket)
    })
  })
  const logins = createDovecotLogins({ socketPath, timeoutMs: 300 })
  t.after(async () => {
    await logins.close()
    for (const socket of open) socket.destroy()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return { logins, connections: () => open.size }
}

const idOf = (line: string): string => line.split('\t')[1] ?? ''

test('the request is SASL PLAIN with what Dovecot wants to know; the name is Dovecot’s', async (t) => {
  let asked = ''
  const { logins } = await authServer(t, (line, socket) => {
    asked = line
    socket.write(`OK\t${idOf(line)}\tuser=Alice@example.org\tuid=5\n`)
  })
  assert.deepEqual(await logins.authenticate(attempt), { name: 'alice@example.org', identities: null })
  const response = Buffer.from('\0alice\0right horse').toString('base64')
  assert.equal(asked, `AUTH\t1\tPLAIN\tservice=smtp\tno-penalty\tsecured\trip=192.0.2.7\tresp=${response}`)
})

test('answers in another order find their questions, on one connection', async (t) => {
  const waiting: string[] = []
  const { logins, connections } = await authServer(t, (line, socket) => {
    waiting.push(line)
    if (waiting.length < 3) return
    for (const one of waiting.toReversed()) socket.write(`OK\t${idOf(one)}\tuser=user-${idOf(one)}\n`)
  })
  const users = await Promise.all(['a', 'b', 'c'].map((name) => logins.authenticate({ ...attempt, name })))
  assert.equal(new Set(users.map((user) => user?.name)).size, 3)
  assert.equal(connections(), 1)
})

test('FAIL refuses; a temporary one does not', async (t) => {
  const { logins } = await authServer(t, (line, socket) =>
    socket.write(
      `FAIL\t${idOf(line)}${line.includes(Buffer.from('\0bob').toString('base64').slice(0, 4)) ? '\ttemp' : ''}\n`
    )
  )
  assert.equal(await logins.authenticate(attempt), undefined)
  await assert.rejects(logins.authenticate({ ...attempt, name: 'bob' }), { code: 'AUTH_UNAVAILABLE' })
})

test('a server that closes is connected to again', async (t) => {
  let asked = 0
  const { logins } = await authServer(t, (line, socket) => {
    asked += 1
    if (asked === 1) socket.destroy()
    else socket.write(`OK\t${idOf(line)}\n`)
  })
  await assert.rejects(logins.authenticate(attempt), { code: 'AUTH_UNAVAILABLE' })
  assert.equal((await logins.authenticate(attempt))?.name, 'alice')
})

const moods: Readonly<Record<string, string>> = {
  'another version': 'VERSION\t2\t0\nDONE\n',
  'no end to its greeting': 'VERSION\t1\t2\n',
  'a line without end': 'x'.repeat(50_000)
}
for (const [what, hello] of Object.entries(moods)) {
  test(`a server with ${what} is unavailable, in time`, async (t) => {
    const { logins } = await authServer(t, () => undefined, hello)
    await assert.rejects(logins.authenticate(attempt), { code: 'AUTH_UNAVAILABLE' })
  })
}

test('nobody there is unavailable', async () => {
  const logins = createDovecotLogins({ socketPath: '/nonexistent/auth', timeoutMs: 300 })
  await assert.rejects(logins.authenticate(attempt), { code: 'AUTH_UNAVAILABLE' })
})
