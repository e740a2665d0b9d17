import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { BenchmarkMessage } from './corpus.ts'

/** One SMTP connection that sends messages one after the other. */
export interface SmtpSession {
  /** The reply to the message. Throws if the server gives up the connection or refuses the envelope. */
  send(message: BenchmarkMessage): Promise<string>
  end(): void
}

export interface SmtpSessionOptions {
  /** Postfix's XCLIENT before each message: its sender has logged in, from an address of its own. */
  readonly asUser?: boolean
}

export async function openSmtpSession(
  port: number,
  { asUser = false }: SmtpSessionOptions = {}
): Promise<SmtpSession> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const reply = async (): Promise<string> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) throw new Error('the server closed the connection')
      if (/^\d{3}(?: |$)/u.test(value)) return value
    }
  }
  const ask = async (text: string | Buffer): Promise<string> => {
    socket.write(text)
    return await reply()
  }
  const introduce = (): Promise<string> => ask('EHLO bench.example.org\r\n')
  await once(socket, 'connect')
  await reply()
  await introduce()
  return {
    async send({ from, to, raw }) {
      if (asUser) {
        const greeting = await ask(`XCLIENT ADDR=203.0.113.7 NAME=[UNAVAILABLE] LOGIN=${xtext(from)}\r\n`)
        if (!greeting.startsWith('220')) throw new Error(`XCLIENT was refused: ${greeting}`)
        await introduce()
      }
      const opened = [
        await ask(`MAIL FROM:<${from}>\r\n`),
        await ask(`RCPT TO:<${to}>\r\n`),
        await ask('DATA\r\n')
      ]
      if (!opened.at(-1)?.startsWith('354')) throw new Error(`DATA was refused: ${opened.join(' / ')}`)
      return await ask(dotted(raw))
    },
    end: () => socket.end('QUIT\r\n')
  }
}

/** RFC 3461 section 4. */
function xtext(text: string): string {
  return text.replaceAll(
    /[^!-*,-<>-~]/gu,
    (character) => `+${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  )
}

/** CRLF line ends, dots doubled, terminated (RFC 5321 section 4.5.2). */
function dotted(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replaceAll(/\r?\n/gu, '\r\n').replaceAll(/^\./gmu, '..')
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1')
}
