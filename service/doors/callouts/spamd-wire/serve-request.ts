import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../asking/socket-server.ts'
import {
  createRequestReader,
  type Received,
  type RequestReader,
  type RequestReaderOptions
} from './request-reader.ts'

export interface WireLimits extends RequestReaderOptions {
  readonly times?: Partial<WireTimes>
}

/** How long a client may take. Exim gives the whole exchange two minutes, spamc ten: who needs longer has given up or means no good. */
export interface WireTimes {
  readonly requestMs: number
  readonly idleMs: number
  /** To read the answer and close. */
  readonly lingerMs: number
}

const usualTimes: WireTimes = { requestMs: 120_000, idleMs: 30_000, lingerMs: 5_000 }

/** Gives the bytes of the answer; empty: there is none. */
export type AnswerRequest = (received: Received) => Promise<Uint8Array>

/** One connection, one request, one answer; then it is closed, as Exim reads to the end. Never rejects for what the client does. */
export async function serveRequest(
  connection: Connection,
  first: Uint8Array,
  limits: WireLimits,
  answer: AnswerRequest
): Promise<void> {
  const times = { ...usualTimes, ...limits.times }
  const reader = createRequestReader(limits)
  try {
    const received = await receive(connection.socket, first, reader, times)
    if (received === null) return
    await sayOwed(connection, times, async () => {
      const said = await answer(received)
      // A client may take its time to read
      reader.release()
      return said
    })
  } finally {
    reader.release()
  }
}

async function sayOwed(
  connection: Connection,
  { lingerMs }: WireTimes,
  answer: () => Promise<Uint8Array>
): Promise<void> {
  connection.begin()
  try {
    await say(connection.socket, await answer(), lingerMs)
  } finally {
    connection.end()
  }
}

/** null: the client is gone. */
function receive(
  socket: Socket,
  first: Uint8Array,
  reader: RequestReader,
  { requestMs, idleMs }: WireTimes
): Promise<Received | null> {
  return new Promise((resolve) => {
    if (reader.push(first) || socket.readableEnded) {
      resolve(reader.end())
      return
    }
    const late = setTimeout(onLate, requestMs)
    socket.setTimeout(idleMs)
    socket.on('data', onData).on('end', onEnd).on('timeout', onLate).on('close', onClose).resume()

    function onData(chunk: Buffer): void {
      if (reader.push(chunk)) settle(reader.end())
    }
    function onEnd(): void {
      settle(reader.end())
    }
    function onLate(): void {
      settle({ kind: 'fault', fault: 'too-slow' })
    }
    function onClose(): void {
      settle(null)
    }
    function settle(received: Received | null): void {
      clearTimeout(late)
      socket.setTimeout(0)
      socket.off('data', onData).off('end', onEnd).off('timeout', onLate).off('close', onClose).pause()
      resolve(received)
    }
  })
}

/** What the client sends beyond its request is read and dropped: unread bytes would turn the close into a reset that can overtake the answer. */
async function say(socket: Socket, answer: Uint8Array, lingerMs: number): Promise<void> {
  if (socket.destroyed) return
  const closed = new AbortController()
  socket.once('close', () => closed.abort())
  socket.resume().end(answer)
  await sleep(lingerMs, undefined, { signal: closed.signal }).catch(() => undefined)
  socket.destroy()
}
