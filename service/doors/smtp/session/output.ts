import type { Duplex } from 'node:stream'
import { once } from 'node:events'
import type { SmtpReply } from '../verbs/reply.ts'

/** What a client is told. Replies to pipelined commands leave together (RFC 2920 section 3.2). */
export interface Output {
  say(reply: SmtpReply): void
  /** A reply without enhanced status: the greeting, EHLO and what asks for more (RFC 2034 section 4). */
  sayLines(code: number, lines: readonly string[]): void
  /** Sends what was said. False: the client has not taken it by then, or is gone. */
  flush(deadline: number): Promise<boolean>
}

export function createOutput(socket: Duplex): Output {
  let said = ''
  return { say, sayLines, flush }

  function say({ code, status, text }: SmtpReply): void {
    said += `${code} ${status} ${text}\r\n`
  }

  function sayLines(code: number, lines: readonly string[]): void {
    const last = lines.length - 1
    for (const [at, line] of lines.entries()) said += `${code}${at === last ? ' ' : '-'}${line}\r\n`
  }

  async function flush(deadline: number): Promise<boolean> {
    if (said === '') return true
    if (socket.destroyed || !socket.writable) return false
    const bytes = said
    said = ''
    if (socket.write(bytes)) return true
    const signal = AbortSignal.timeout(Math.max(1, deadline - performance.now()))
    try {
      await once(socket, 'drain', { signal })
      return true
    } catch {
      return false
    }
  }
}
