import type { BenchmarkMessage } from './corpus.ts'
import { summarise, type LoadResult } from './load.ts'
import { openSmtpSession } from './smtp-session.ts'

/**
 * Closed loop: every message once, each from its own sender who has logged in, over `connections` SMTP connections. A refusal for good is
 * an answer; a refusal for now, and a connection that breaks, is a failure.
 */
export async function submitAll(
  port: number,
  messages: readonly BenchmarkMessage[],
  connections: number
): Promise<LoadResult> {
  const latencies: number[] = []
  let next = 0
  let failed = 0
  const client = async (): Promise<void> => {
    let session = await openSmtpSession(port, { asUser: true })
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      const from = performance.now()
      try {
        if (!/^[25]/u.test(await session.send(message))) failed++
      } catch {
        failed++
        session.end()
        session = await openSmtpSession(port, { asUser: true })
      }
      latencies.push(performance.now() - from)
    }
    session.end()
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: connections }, client))
  return summarise(latencies, failed, (performance.now() - startedAt) / 1_000)
}
