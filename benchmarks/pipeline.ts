// `npm run bench:pipeline`: SMTP in → score → durable → delivered to a sink, with one and with twenty connections.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { spamAssassinMessages, type BenchmarkMessage } from './corpus.ts'
import { startSluicePeer } from './peers/sluice.ts'
import { startSink } from './peers/sink.ts'
import { processCpuMs } from './process-cpu.ts'
import { openSmtpSession } from './smtp-session.ts'

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1500' } } })
const messages = spamAssassinMessages(Number(values.messages))
const rows: Record<string, Record<string, string | number>> = {}

for (const connections of [1, 20]) {
  const sink = await startSink()
  const sluice = await startSluicePeer(configuration(sink.port))
  await submitAll(sluice.relayPort, messages.slice(0, 200), connections) // warm-up
  await waitUntil(() => sink.received() >= 200, 30_000)
  const alreadyThere = sink.received()
  const cpuBefore = processCpuMs(sluice.pid)
  const startedAt = performance.now()
  const accepted = await submitAll(sluice.relayPort, messages, connections)
  const acceptedMs = performance.now() - startedAt
  await waitUntil(() => sink.received() - alreadyThere >= accepted, 60_000)
  const deliveredMs = performance.now() - startedAt
  rows[`${connections} connection${connections > 1 ? 's' : ''}`] = {
    submitted: messages.length,
    accepted,
    delivered: sink.received() - alreadyThere,
    'accepted/s': Math.round(accepted / (acceptedMs / 1_000)),
    'delivered/s': Math.round(accepted / (deliveredMs / 1_000)),
    'CPU ms/message': ((processCpuMs(sluice.pid) - cpuBefore) / messages.length).toFixed(2)
  }
  await sluice.close()
  await sink.close()
}
console.table(rows)

/** Budgets wide open: this measures the pipeline, so that every message is allowed and delivered. */
function configuration(sinkPort: number): string {
  return `
[policy]
mode = "shadow"
[limits]
messagesPerHour = 1000000
messagesPerDay = 1000000
recipientsPerHour = 1000000
recipientsPerDay = 1000000
newRecipientsPerDay = 1000000
[[routes]]
name = "sink"
kind = "smarthost"
host = "127.0.0.1"
port = ${sinkPort}
tls = "off"
allowPrivate = true
`
}

/** Sends every message over `connections` SMTP connections, one transaction after the other on each; answers how many got 250. */
async function submitAll(
  port: number,
  items: readonly BenchmarkMessage[],
  connections: number
): Promise<number> {
  let next = 0
  let accepted = 0
  const client = async (): Promise<void> => {
    const session = await openSmtpSession(port)
    for (let at = next++; at < items.length; at = next++) {
      const message = items[at]
      if (message && (await session.send(message)).startsWith('250')) accepted++
    }
    session.end()
  }
  await Promise.all(Array.from({ length: connections }, client))
  return accepted
}

async function waitUntil(done: () => boolean, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!done() && performance.now() < deadline) await sleep(5)
}
