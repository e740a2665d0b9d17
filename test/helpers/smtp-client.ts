import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

/** A client that says what it is told to, byte for byte, and reads whole replies. */
export interface SmtpClient {
  /** The next reply, all its lines joined by `\n`; `''` once the other side has closed. */
  reply(): Promise<string>
  /** Sends a line (CRLF is added) and reads the reply. */
  say(line: string): Promise<string>
  send(bytes: string | Uint8Array): void
  /** After STARTTLS was answered with 220. */
  startTls(): Promise<void>
  /** Says that nothing more comes, and still listens. */
  half(): void
  close(): void
  readonly closed: boolean
}

export async function connectSmtp(
  port: number,
  options: { readonly tls?: boolean; readonly host?: string } = {}
): Promise<SmtpClient> {
  const { host = '127.0.0.1' } = options
  let socket: Socket | TLSSocket =
    options.tls === true ? connectTls({ port, host, rejectUnauthorized: false }) : connect(port, host)
  await once(socket, options.tls === true ? 'secureConnect' : 'connect')
  const replies: string[] = []
  let waiting: ((reply: string) => void)[] = []
  let text = ''
  let closed = false
  listen()
  return { reply, say, send, startTls, half: () => socket.end(), close: () => socket.destroy(), get closed() { return closed } } // prettier-ignore

  function listen(): void {
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => take(chunk.toString('latin1')))
    socket.on('close', () => {
      closed = true
      for (const resolve of waiting) resolve('')
      waiting = []
    })
  }

  function take(more: string): void {
    text += more
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/u.exec(text)?.[0]
      if (whole === undefined) return
      text = text.slice(whole.length)
      const one = whole.trimEnd().replaceAll('\r', '')
      const resolve = waiting.shift()
      if (resolve === undefined) replies.push(one)
      else resolve(one)
    }
  }

  function reply(): Promise<string> {
    const next = replies.shift()
    if (next !== undefined) return Promise.resolve(next)
    return closed ? Promise.resolve('') : new Promise((resolve) => waiting.push(resolve))
  }

  function say(line: string): Promise<string> {
    send(`${line}\r\n`)
    return reply()
  }

  function send(bytes: string | Uint8Array): void {
    if (!socket.destroyed && socket.writable) socket.write(bytes)
  }

  async function startTls(): Promise<void> {
    socket.removeAllListeners()
    socket = connectTls({ socket, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    listen()
  }
}

export function plainAuth(user: string, password: string): string {
  return `AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`
}
