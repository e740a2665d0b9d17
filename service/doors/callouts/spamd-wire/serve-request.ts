import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import type { Connection } from '../listening/socket-server.ts'
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
  const received = await receive(connection.socket, first, reader, times)
  if (received === null) {
    reader.release()
    return
  }
  connection.begin()
  try {
    const said = await answer(received).finally(() => reader.release())
    await sayWithin(limits.budget, said, () => say(connection.socket, said, times))
  } finally {
    connection.end()
  }
}

/** Smaller answers are bounded by how many connections there may be. */
const worthCounting = 65_536

/** A message that is given back counts until it is sent, and is not sent where there is no room for it: the client takes that for a failure. */
async function sayWithin(
  budget: ByteBudget,
  { length }: Uint8Array,
  act: () => Promise<void>
): Promise<void> {
  const counted = length < worthCounting ? 0 : length
  if (!budget.take(counted)) return
  try {
    await act()
  } finally {
    budget.give(counted)
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
async function say(socket: Socket, answer: Uint8Array, { requestMs, lingerMs }: WireTimes): Promise<void> {
  if (socket.destroyed) return
  const sent = new AbortController()
  const closed = new AbortController()
  socket.once('finish', () => sent.abort()).once('close', () => closed.abort())
  socket.resume().end(answer)
  await sleepUntil(AbortSignal.any([sent.signal, closed.signal]), requestMs)
  await sleepUntil(closed.signal, lingerMs)
  socket.destroy()
}

async function sleepUntil(signal: AbortSignal, mostMs: number): Promise<void> {
  await sleep(mostMs, undefined, { signal }).catch(() => undefined)
}
