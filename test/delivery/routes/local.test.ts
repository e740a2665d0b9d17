import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { openDelivery } from '../open-delivery.ts'

test('a mailbox store answers for each recipient, and a full one stops nobody else', async (t) => {
  const { port, heard } = await startMailboxes(t)
  const house = await openDelivery(t, {
    routes: [routeTo(port, { name: 'mailboxes', kind: 'local' })],
    config: { firstRetryDelayMs: 600_000, maxRetryDelayMs: 600_000 }
  })
  const id = await house.send({ from: null, to: ['full@example.org', 'bob@example.org', 'gone@example.org'] })
  const message = await house.when(id, ({ attempts }) => attempts === 1)
  assert.deepEqual(
    message.recipients.map(({ state, status }) => [state, status]),
    [
      ['pending', '4.2.2'],
      ['delivered', '2.1.5'],
      ['bounced', '5.1.1']
    ]
  )
  assert.match(heard[0] ?? '', /^LHLO /u)
})

/** An LMTP server (RFC 2033): one reply after the message for each recipient that was taken. */
async function startMailboxes(t: TestContext) {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket, heard)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, heard }
}

const answers: Readonly<Record<string, string>> = {
  'full@example.org': '452 4.2.2 mailbox full',
  'gone@example.org': '550 5.1.1 no such mailbox'
}

function serve(socket: Socket, heard: string[]): void {
  let to: string[] = []
  let isInData = false
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say('220 mailboxes LMTP')
  createInterface({ input: socket }).on('line', (line) => {
    if (isInData) {
      if (line !== '.') return
      isInData = false
      for (const one of to) say(answers[one] ?? '250 2.1.5 saved')
      to = []
      return
    }
    heard.push(line)
    const recipient = /^RCPT TO:<(.*)>/iu.exec(line)?.[1]
    if (recipient !== undefined) to.push(recipient)
    isInData = line === 'DATA'
    say(line.startsWith('LHLO') ? '250 mailboxes' : isInData ? '354 go on' : '250 2.0.0 ok')
  })
}
