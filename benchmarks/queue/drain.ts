// A step of bench:queue: opens the queue as after a restart and delivers to a sink for a while.
import { setTimeout as sleep } from 'node:timers/promises'
import { createDelivery } from '../../service/delivery/delivery.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { startSink } from '../peers/sink.ts'
import { openDeepQueue } from './deep-queue.ts'
import { rssAnonMiB } from './memory.ts'

const [directory = '', , seconds = '20'] = process.argv.slice(2)
/** The limit of the wait for a first delivery. */
const patienceMs = 120_000
const sink = await startSink()
const begun = performance.now()
const { storage, queue } = await openDeepQueue(directory)
const openedMs = performance.now() - begun
const delivery = createDelivery({
  queue,
  routes: [
    {
      name: 'sink',
      kind: 'smarthost',
      host: '127.0.0.1',
      port: sink.port,
      tls: 'off',
      allowPrivate: true,
      domains: []
    }
  ],
  config: {
    maxConnections: 20,
    firstRetryDelayMs: 300_000,
    maxRetryDelayMs: 14_400_000,
    maxAgeHours: 120,
    delayNoticeHours: 4,
    maxReportsPerHour: 60,
    attemptTimeoutMs: 60_000
  },
  hostname: 'bench.test',
  clock: Date.now,
  random: Math.random,
  newId: () => crypto.randomUUID(),
  log: silentLogger
})
delivery.start()
while (sink.received() === 0 && performance.now() - begun < patienceMs) await sleep(5)
const firstDeliveryMs = performance.now() - begun
const [before, from] = [sink.received(), performance.now()]
let most = rssAnonMiB()
while (performance.now() - from < Number(seconds) * 1_000 && queue.counts().queued > 0) {
  await sleep(250)
  most = Math.max(most, rssAnonMiB())
}
const deliveredPerSecond = ((sink.received() - before) * 1_000) / (performance.now() - from)
await delivery.close()
const left = queue.counts().queued
await storage.close()
await sink.close()
process.stdout.write(
  JSON.stringify({ openedMs, firstDeliveryMs, deliveredPerSecond, rssAnonMiB: most, left })
)
