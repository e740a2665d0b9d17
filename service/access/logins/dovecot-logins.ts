import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { AccessError } from '../access-error.ts'
import { normalName } from '../user-name.ts'
import { authRequest, handshake, maxLineBytes, readDovecotLine, type DovecotLine } from './dovecot-wire.ts'
import type { LoginAttempt, Logins, LoginUser } from './login.ts'

export interface DovecotLoginsOptions {
  /** Of the auth-client listener, such as /var/run/dovecot/auth-client. */
  readonly socketPath: string
  readonly timeoutMs: number
}

/** One connection: requests and answers by number, in any order. */
interface Session {
  ask(attempt: LoginAttempt): Promise<string | null | undefined>
  close(): void
}

/** Dovecot's auth server behind its unix socket, which many clients share. One connection, made when it is needed. */
export function createDovecotLogins({ socketPath, timeoutMs }: DovecotLoginsOptions): Logins {
  let current: Promise<Session> | undefined
  return { authenticate, close }

  async function authenticate(attempt: LoginAttempt): Promise<LoginUser | undefined> {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const session = await within(signal, sessionNow())
      const user = await within(signal, session.ask(attempt))
      if (user === undefined) return undefined
      const name = normalName(user ?? attempt.name)
      return name === undefined ? undefined : { name, identities: null }
    } catch (error) {
      if (signal.aborted) await drop()
      throw new AccessError('AUTH_UNAVAILABLE', { backend: socketPath }, error)
    }
  }

  /** The one that is open, or is being opened. */
  function sessionNow(): Promise<Session> {
    if (current !== undefined) return current
    const opening = openSession(socketPath, timeoutMs, () => forget(opening))
    current = opening
    opening.catch(() => forget(opening))
    return opening
  }

  function forget(session: Promise<Session>): void {
    if (current === session) current = undefined
  }

  /** A server that hangs is asked anew, on a connection of its own. */
  async function drop(): Promise<void> {
    const known = current
    current = undefined
    known?.then((session) => session.close()).catch(() => undefined)
  }

  async function close(): Promise<void> {
    await drop()
  }
}

type Answer = Extract<DovecotLine, { kind: 'in' | 'out' }>

async function openSession(path: string, timeoutMs: number, onClosed: () => void): Promise<Session> {
  const socket = connect(path)
  const open = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let lastId = 0
  const ready = readLines(socket, (line) => {
    if (line.kind !== 'in' && line.kind !== 'out') return
    open.get(line.id)?.resolve(line)
    open.delete(line.id)
  })
  // Awaited below, unless there is no connection at all
  ready.catch(() => undefined)
  socket.on('close', () => {
    onClosed()
    for (const { reject } of open.values()) reject(new Error('the auth server closed the connection'))
    open.clear()
  })
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    await once(socket, 'connect', { signal })
    socket.write(handshake(process.pid))
    await within(signal, ready)
  } catch (error) {
    socket.destroy()
    throw error
  }
  return { ask, close: () => void socket.destroy() }

  /** The user's name, null if it has none of its own; undefined: refused. */
  async function ask(attempt: LoginAttempt): Promise<string | null | undefined> {
    lastId += 1
    const id = lastId
    const answer = await new Promise<Answer>((resolve, reject) => {
      open.set(id, { resolve, reject })
      socket.write(authRequest(id, attempt))
    })
    if (answer.kind === 'in') return answer.user
    if (answer.isTemporary) throw new Error('the auth server cannot say now')
    return undefined
  }
}

/** Resolves once the server has introduced itself; rejects if it speaks another version, or ends before. */
function readLines(socket: Socket, onLine: (line: DovecotLine) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > maxLineBytes) socket.destroy(new Error('a line without end'))
      for (const line of lines.map(readDovecotLine)) {
        if (line.kind === 'version' && line.major !== 1) socket.destroy(new Error('another protocol version'))
        if (line.kind === 'ready') resolve()
        onLine(line)
      }
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the auth server closed the connection')))
  })
}

function within<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('no answer in time'))
    if (signal.aborted) late()
    signal.addEventListener('abort', late, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
