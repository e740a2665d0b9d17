import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../asking/socket-server.ts'
import {
  createRequestReader,
  type Received,
  type RequestReader,
  type RequestReaderOptions
} from './request-reader.ts'

/** Exim gives the whole exchange two minutes, spamc ten: who needs longer to send has given up or means no good. */
const requestMs = 120_000
const idleMs = 30_000
/** How long a client may take to read the answer and close. */
const lingerMs = 5_000

/** Gives the bytes of the answer; empty: there is none. */
export type AnswerRequest = (received: Received) => Promise<Uint8Array>

/** One connection, one request, one answer; then it is closed, as Exim reads to the end. Never rejects for what the client does. */
export async function serveRequest(
  connection: Connection,
  first: Uint8Array,
  options: RequestReaderOptions,
  answer: AnswerRequest
): Promise<void> {
  const reader = createRequestReader(options)
  try {
    const received = await receive(connection.socket, first, reader)
    if (received === null) return
    await sayOwed(connection, async () => {
      const said = await answer(received)
      // A client may take its time to read
      reader.release()
      return said
    })
  } finally {
    reader.release()
  }
}

async function sayOwed(connection: Connection, answer: () => Promise<Uint8Array>): Promise<void> {
  connection.begin()
  try {
    await say(connection.socket, await answer())
  } finally {
    connection.end()
  }
}

/** null: the client is gone. */
function receive(socket: Socket, first: Uint8Array, reader: RequestReader): Promise<Received | null> {
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
async function say(socket: Socket, answer: Uint8Array): Promise<void> {
  if (socket.destroyed) return
  const closed = new AbortController()
  socket.once('close', () => closed.abort())
  socket.resume().end(answer)
  await sleep(lingerMs, undefined, { signal: closed.signal }).catch(() => undefined)
  socket.destroy()
}
