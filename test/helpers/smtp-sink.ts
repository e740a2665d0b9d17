import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Undotted, latin1. */
  readonly data: string
}

/** What to answer instead of taking the mail: a whole reply line, or null to take it. */
export interface SinkRules {
  readonly greeting?: () => string
  readonly rcpt?: (address: string) => string | null
  readonly data?: (mail: ReceivedMail) => string | null | Promise<string | null>
  readonly extensions?: readonly string[]
  /** What is said to STARTTLS; there is no TLS behind it. */
  readonly startTls?: string
  /** Is told every command. */
  readonly heard?: (line: string) => void
}

export interface SmtpSink {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** Connections seen so far, and the most that were open at once. */
  readonly connections: { readonly total: number; readonly most: number }
  /** Resolves as soon as `count` mails have come. */
  received(count: number): Promise<readonly ReceivedMail[]>
  close(): Promise<void>
}

/** A mail host on loopback that takes everything and remembers it, unless told otherwise. */
export async function startSink(rules: SinkRules = {}, port = 0, host = '127.0.0.1'): Promise<SmtpSink> {
  const mails: ReceivedMail[] = []
  const waiting: { count: number; resolve: (mails: readonly ReceivedMail[]) => void }[] = []
  const sockets = new Set<Socket>()
  const connections = { total: 0, most: 0 }
  const server = createServer((socket) => {
    sockets.add(socket)
    connections.total += 1
    connections.most = Math.max(connections.most, sockets.size)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    serve(socket, rules, keep)
  })
  await once(server.listen(port, host), 'listening')
  return { port: portOf(server), mails, connections, received, close }

  function keep(mail: ReceivedMail): void {
    mails.push(mail)
    for (const waiter of waiting) if (mails.length >= waiter.count) waiter.resolve(mails)
  }

  async function received(count: number): Promise<readonly ReceivedMail[]> {
    if (mails.length >= count) return mails
    return new Promise((resolve) => waiting.push({ count, resolve }))
  }

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
}

interface Transaction {
  from: string
  to: string[]
}

function serve(socket: Socket, rules: SinkRules, keep: (mail: ReceivedMail) => void): void {
  let buffer = ''
  let inData = false
  let busy = false
  let mail: Transaction = { from: '', to: [] }
  socket.setNoDelay(true)
  socket.write(`${rules.greeting?.() ?? '220 sink ESMTP'}\r\n`)
  socket.on('data', (chunk) => {
    // A TLS handshake: there is nobody here who could answer it
    if (chunk[0] === 0x16) return void socket.destroy()
    buffer += chunk.toString('latin1')
    void advance()
  })

  async function advance(): Promise<void> {
    if (busy) return
    busy = true
    while (await step()) continue
    busy = false
  }

  async function step(): Promise<boolean> {
    const mark = inData ? '\r\n.\r\n' : '\r\n'
    if (inData && buffer.startsWith('.\r\n')) buffer = `\r\n${buffer}`
    const at = buffer.indexOf(mark)
    if (at === -1) return false
    const text = buffer.slice(0, at)
    buffer = buffer.slice(at + mark.length)
    const answer = inData ? await take(`${text}\r\n`) : command(text)
    if (socket.writable) socket.write(`${answer}\r\n`)
    return true
  }

  async function take(text: string): Promise<string> {
    inData = false
    const received = { from: mail.from, to: mail.to, data: text.replaceAll(/^\.\./gmu, '.') }
    const refusal = await rules.data?.(received)
    mail = { from: '', to: [] }
    if (typeof refusal === 'string') return refusal
    keep(received)
    return '250 2.0.0 taken'
  }

  function command(line: string): string {
    rules.heard?.(line)
    const verb = line.slice(0, 4).toUpperCase()
    const address = /<(.*)>/u.exec(line)?.[1] ?? ''
    switch (verb) {
      case 'EHLO':
        return ehlo(rules)
      case 'MAIL':
        mail = { from: address, to: [] }
        return '250 2.1.0 ok'
      case 'RCPT':
        return recipient(address)
      case 'DATA':
        inData = mail.to.length > 0
        return inData ? '354 go on' : '503 5.5.1 no recipients'
      case 'STAR':
        return rules.startTls ?? '502 5.5.1 no TLS'
      case 'QUIT':
        setImmediate(() => socket.end())
        return '221 2.0.0 bye'
      default:
        return '250 2.0.0 ok'
    }
  }

  function recipient(address: string): string {
    const refusal = rules.rcpt?.(address) ?? null
    if (refusal === null) mail.to.push(address)
    return refusal ?? '250 2.1.5 ok'
  }
}

function ehlo({ extensions = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 30000000'] }: SinkRules): string {
  return ['250-sink', ...extensions.map((one) => `250-${one}`), '250 HELP'].join('\r\n')
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
