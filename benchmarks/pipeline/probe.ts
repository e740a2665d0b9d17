import type { BenchmarkMessage } from '../corpus.ts'
import { openSmtpSession } from '../smtp-session.ts'

/** The header field with the moment of sending, epoch ms. */
export const probeMark = 'X-Bench-Sent'

/** How many of a load's connections send them. */
export const probeConnections = 4

/**
 * smtp-source cannot stamp its messages, so some of the connections send stamped ones, one after the other, until `stop`: part of the
 * same load through the same system. Gives the number that was accepted; throws if one was refused.
 */
export function sendProbes(
  port: number,
  message: BenchmarkMessage
): { stop(): Promise<{ readonly accepted: number }> } {
  const stopping = new AbortController()
  const running = Promise.all(Array.from({ length: probeConnections }, run))
  // It is awaited by `stop`; until then its failure must not end the process
  running.catch(() => undefined)
  return {
    async stop() {
      stopping.abort()
      return { accepted: (await running).reduce((sum, count) => sum + count, 0) }
    }
  }

  async function run(): Promise<number> {
    const session = await openSmtpSession(port)
    let accepted = 0
    while (!stopping.signal.aborted) {
      const head = Buffer.from(`${probeMark}: ${Date.now()}\r\n`)
      const reply = await session.send({ ...message, raw: Buffer.concat([head, message.raw]) })
      if (!reply.startsWith('250')) throw new Error(`a probe was refused: ${reply}`)
      accepted += 1
    }
    session.end()
    return accepted
  }
}
