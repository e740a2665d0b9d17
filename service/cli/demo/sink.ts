import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** The world outside, on this machine: takes every message and remembers which ones. */
export interface DemoSink {
  readonly port: number
  /** Message-IDs as they arrived, `<…>` included. */
  readonly messageIds: ReadonlySet<string>
  /** False: they were not all here in time. */
  waitFor(messageIds: readonly string[], timeoutMs: number): Promise<boolean>
  close(): Promise<void>
}

export async function openDemoSink(): Promise<DemoSink> {
  const messageIds = new Set<string>()
  const arrivals = new EventTarget()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    logger: false,
    onData: (stream, _session, done) => {
      let message = ''
      stream.setEncoding('latin1')
      stream.on('data', (chunk: string) => (message += chunk))
      stream.on('end', () => {
        messageIds.add(messageIdOf(message))
        arrivals.dispatchEvent(new Event('arrival'))
        done()
      })
    }
  })
  // A client that breaks off is its own affair; the message is attempted again.
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = listening.address() as AddressInfo

  async function waitFor(wanted: readonly string[], timeoutMs: number): Promise<boolean> {
    const deadline = AbortSignal.timeout(timeoutMs)
    const missing = (): boolean => wanted.some((id) => !messageIds.has(id))
    while (missing() && !deadline.aborted) await nextOf(arrivals, deadline)
    return !missing()
  }

  return { port, messageIds, waitFor, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function nextOf(arrivals: EventTarget, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = new AbortController()
    const done = (): void => {
      end.abort()
      resolve()
    }
    arrivals.addEventListener('arrival', done, { signal: end.signal })
    deadline.addEventListener('abort', done, { signal: end.signal })
  })
}

function messageIdOf(message: string): string {
  const head = message.slice(0, message.search(/\r?\n\r?\n/u))
  return /^message-id:\s*(<[^>]*>)/imu.exec(head)?.[1] ?? ''
}
