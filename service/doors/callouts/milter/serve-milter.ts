import type { Socket } from 'node:net'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import type { Connection } from '../listening/socket-server.ts'
import { createFrameDecoder, type BrokenFrame } from './frames.ts'
import { MilterSession, type BrokenSession, type Step } from './session.ts'

export interface Serving {
  readonly ask: AskCallout
  readonly budget: ByteBudget
  readonly maxMessageBytes: number
  readonly idleTimeoutMs: number
  readonly messageTimeoutMs: number
  readonly identityHeader: string
  readonly log: Logger
}

/** Postfix sends a header field of up to header_size_limit (100 kB) and body chunks of 64 kB. */
const maxFrameBytes = 262_144
/** How long a mail server has to take our last words. */
const lastWordsMs = 5_000

/** One connection to its end. What is no milter protocol ends it: the mail server then does what it is configured to do without us. */
export async function serveMilter(connection: Connection, serving: Serving): Promise<void> {
  const { socket, peer } = connection
  const session = new MilterSession({ peer, ...serving })
  socket.once('timeout', () => socket.destroy())
  try {
    const broken = await converse(connection, session, serving)
    if (broken !== null) serving.log.warn('callouts.milter_broken', { peer, cause: broken })
  } catch (error) {
    // A connection that was cut is an end like any other
    if (!socket.destroyed) throw error
  } finally {
    session.end()
    socket.setTimeout(lastWordsMs)
    socket.destroySoon()
  }
}

/** Until either side ends it; tells why if it can't go on. Reads no further than it answers. */
async function converse(
  connection: Connection,
  session: MilterSession,
  { ask, idleTimeoutMs, messageTimeoutMs }: Serving
): Promise<BrokenFrame | BrokenSession | null> {
  const { socket } = connection
  const decoder = createFrameDecoder(maxFrameBytes)
  socket.setTimeout(idleTimeoutMs)
  for await (const chunk of chunksOf(socket)) {
    for (const frame of decoder.decode(chunk)) {
      if (typeof frame === 'string') return frame
      const step = session.take(frame)
      if (step.kind === 'broken') return step.cause
      if (step.kind === 'end') return null
      if (step.kind === 'say') await write(socket, step.bytes)
      if (step.kind === 'ask') await answer(connection, step, ask)
      if (connection.isClosing()) return null
    }
    const isMidway = session.isWithinMessage || decoder.isWithinFrame()
    socket.setTimeout(isMidway ? messageTimeoutMs : idleTimeoutMs)
  }
  return null
}

function chunksOf(socket: Socket): AsyncIterable<Buffer> {
  return socket.iterator({ destroyOnReturn: false })
}

async function answer(
  connection: Connection,
  { request, say }: Extract<Step, { kind: 'ask' }>,
  ask: AskCallout
): Promise<void> {
  connection.begin()
  try {
    await write(connection.socket, say(await ask(request)))
  } finally {
    connection.end()
  }
}

/** Waits until a mail server that does not read its answers reads them, or is gone. */
async function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go)
      resolve()
    }
    socket.on('drain', go).on('close', go)
  })
}
