import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Closing } from '../integration/harness/closing.ts'

export const silence = { act: 'silence' } as const
export const close = { act: 'close' } as const

/** What a host does instead of answering well: a reply line, raw bytes, silence, or the end of the connection. */
export type Turn = string | Buffer | { readonly act: 'silence' | 'close' }

export interface HostScript {
  /** Default 220. */
  readonly greeting?: Turn
  /** EHLO keywords, before and after TLS. */
  readonly offers?: readonly string[]
  /** By verb in capitals; `BODY` stands for the end of the message. undefined: a good answer. */
  readonly answer?: (verb: string, line: string) => Turn | undefined
  /** Behind STARTTLS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** LMTP: this many replies after the message. */
  readonly repliesAfterBody?: readonly string[]
}

export interface ScriptedHost {
  readonly port: number
  /** Every command heard, over all connections. */
  readonly heard: readonly string[]
  /** Bodies, undotted. */
  readonly bodies: readonly string[]
  readonly connections: () => number
}

const goodAnswers: Readonly<Record<string, string>> = {
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  BODY: '250 2.0.0 taken',
  RSET: '250 2.0.0 ok',
  STARTTLS: '220 2.0.0 go on',
  QUIT: '221 2.0.0 bye'
}

/** A mail host on loopback that follows a script, with real TLS where it has a certificate. */
export async function startScriptedHost(
  t: Closing,
  script: HostScript = {},
  port = 0,
  address = '127.0.0.1'
): Promise<ScriptedHost> {
  const heard: string[] = []
  const bodies: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    perform(socket, script.greeting ?? '220 host ESMTP')
    converse(socket, script, heard, bodies)
  })
  await once(server.listen(port, address), 'listening')
  t.after(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    heard,
    bodies,
    connections: () => connections
  }
}

function perform(socket: Socket, turn: Turn): void {
  if (typeof turn === 'string' || Buffer.isBuffer(turn)) {
    if (socket.writable) socket.write(typeof turn === 'string' ? `${turn}\r\n` : turn)
  } else if (turn.act === 'close') socket.destroy()
}

function converse(socket: Socket, script: HostScript, heard: string[], bodies: string[]): void {
  let rest = ''
  let isBody = false
  socket.on('data', read)

  function read(chunk: Buffer): void {
    rest += chunk.toString('latin1')
    while (step()) continue
  }

  function step(): boolean {
    if (socket.listenerCount('data') === 0) return false
    if (isBody && rest.startsWith('.\r\n')) rest = `\r\n${rest}`
    const mark = isBody ? '\r\n.\r\n' : '\r\n'
    const at = rest.indexOf(mark)
    if (at === -1) return false
    const line = rest.slice(0, at)
    rest = rest.slice(at + mark.length)
    return isBody ? take(line) : command(line)
  }

  function take(body: string): boolean {
    isBody = false
    bodies.push(`${body}\r\n`.replaceAll(/^\.\./gmu, '.'))
    const turn = script.answer?.('BODY', '')
    if (turn === undefined && script.repliesAfterBody)
      for (const one of script.repliesAfterBody) perform(socket, one)
    else perform(socket, turn ?? goodAnswers['BODY'] ?? '')
    return true
  }

  function command(line: string): boolean {
    heard.push(line)
    const verb = (/^[A-Za-z]+/u.exec(line)?.[0] ?? '').toUpperCase()
    const turn = script.answer?.(verb, line) ?? usual(verb)
    perform(socket, turn)
    if (turn === silence) socket.removeAllListeners('data').resume()
    if (verb === 'DATA' && typeof turn === 'string' && turn.startsWith('354')) isBody = true
    if (verb === 'QUIT') socket.end()
    return verb === 'STARTTLS' && turn === goodAnswers['STARTTLS'] ? encrypt() : true
  }

  /** Nothing of what follows is for us. */
  function encrypt(): boolean {
    if (script.tls === undefined) return true
    socket.removeListener('data', read)
    const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(script.tls) })
    secured.on('error', () => socket.destroy())
    const offers = (script.offers ?? []).filter((one) => one !== 'STARTTLS')
    converse(secured, { ...script, offers }, heard, bodies)
    return false
  }

  function usual(verb: string): string {
    if (verb !== 'EHLO' && verb !== 'LHLO') return goodAnswers[verb] ?? '250 2.0.0 ok'
    return ['250-host', ...(script.offers ?? []).map((one) => `250-${one}`), '250 HELP'].join('\r\n')
  }
}
