import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDelivery } from '../service/delivery/delivery.ts'
import { createSteering, defaultPathRules } from '../service/delivery/routes/steering.ts'
import { createQueue } from '../service/queue/queue.ts'
import { openStorage } from '../service/storage/lmdb-storage.ts'
import { silentLogger } from '../service/telemetry/logger.ts'
import { zone } from '../test/delivery/zone.ts'
import { deliveryDefaults, routeTo } from '../test/helpers/open-pipeline.ts'
import { startSlowProxy } from '../test/helpers/slow-proxy.ts'
import { startSink } from '../test/helpers/smtp-sink.ts'
import { newMessage } from '../test/queue/messages.ts'

/**
 * Mail to ten places by two ways. After a while one way loses nearly all its bandwidth to one of the places, as bad international lines do,
 * and later gets it back. Printed: how many messages were later than a second or five, with and without detours, on the same schedule.
 */
const seconds = 20
const perSecond = 40
const slowFrom = 4
const slowUntil = 14
const slowBytesPerSecond = 8_000
const messageBytes = 20_000
const places = Array.from({ length: 10 }, (_, at) => `place${at}.test`)
const body = `Subject: benchmark\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(Math.floor(messageBytes / 78))}`

interface Outcome {
  /** ms from acceptance to delivery, of each message. */
  readonly far: readonly number[]
  readonly others: readonly number[]
  readonly unfinished: number
}

const late = (times: readonly number[], ms: number): number => times.filter((time) => time > ms).length
const without = await run(false)
const withDetours = await run(true)
print('without detours', without)
print('with detours', withDetours)
const ratio =
  (late(withDetours.far, 1_000) + withDetours.unfinished) /
  Math.max(1, late(without.far, 1_000) + without.unfinished)
console.log(`messages to the bad place later than 1 s, with detours to without: ${ratio.toFixed(2)}`)

function print(name: string, { far, others, unfinished }: Outcome): void {
  for (const [place, times, open] of [
    ['the bad place', far, unfinished],
    ['nine others', others, 0]
  ] as const) {
    const of = times.length + open
    const p99 = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0
    console.log(
      `${name.padEnd(16)} ${place.padEnd(14)} ${of} messages: ${late(times, 1_000) + open} later than 1 s, ${late(times, 5_000) + open} than 5 s, p99 ${Math.round(p99)} ms, ${open} not yet there after ${seconds + 8} s`
    )
  }
}

async function run(detours: boolean): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-routes-'))
  const sink = await startSink({}, 0, '0.0.0.0')
  const north = await startSlowProxy({ toPort: sink.port, host: '127.0.0.2' })
  const rest = await startSlowProxy({ toPort: sink.port, host: '127.0.0.3', port: north.port })
  const storage = await openStorage({ directory })
  const queue = await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock: Date.now })
  const routes = [
    routeTo(north.port, { name: 'north', kind: 'mx', pool: 'out' }),
    routeTo(sink.port, { name: 'south', kind: 'mx', pool: 'out' })
  ]
  const steering = createSteering({
    routes,
    pools: [{ name: 'out', algorithm: 'weighted-round-robin' }],
    // Never slow enough, and never refused often enough, to be gone around
    rules: detours
      ? { ...defaultPathRules, patienceMs: 100, firstProbeMs: 2_000 }
      : { ...defaultPathRules, patienceMs: 1e9, slowFactor: 1e9 },
    clock: Date.now,
    random: Math.random,
    log: silentLogger
  })
  const times = new Map<string, number>()
  const delivery = createDelivery({
    queue,
    routes,
    steering,
    config: { ...deliveryDefaults, maxConnections: 20, attemptTimeoutMs: 600_000 },
    hostname: 'bench.test',
    resolveRecords: zone(
      Object.fromEntries(places.map((place, at) => [place, { A: [at === 0 ? '127.0.0.2' : '127.0.0.3'] }]))
    ),
    clock: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    log: silentLogger,
    onSettled: (message) => void times.set(message.id, Date.now() - message.acceptedAt)
  })
  delivery.start()
  const ids = await offer((second) =>
    north.setRate(second >= slowFrom && second < slowUntil ? slowBytesPerSecond : Infinity)
  )
  await new Promise((resolve) => setTimeout(resolve, 8_000))
  const outcome = {
    far: ids.flatMap(([id, place]) => (place === 0 ? (times.get(id) ?? []) : [])),
    others: ids.flatMap(([id, place]) => (place === 0 ? [] : (times.get(id) ?? []))),
    unfinished: ids.filter(([id]) => !times.has(id)).length
  }
  await delivery.close()
  await storage.close()
  await Promise.all([north.close(), rest.close(), sink.close()])
  await rm(directory, { recursive: true, force: true })
  return outcome

  async function offer(atSecond: (second: number) => void): Promise<readonly (readonly [string, number])[]> {
    const offered: (readonly [string, number])[] = []
    const began = Date.now()
    for (let at = 0; at < seconds * perSecond; at += 1) {
      const due = began + (at * 1_000) / perSecond
      if (at % perSecond === 0) atSecond(at / perSecond)
      if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()))
      // Half of all to the bad place: where it hurts
      const place = at % 2 === 0 ? 0 : 1 + (Math.floor(at / 2) % 9)
      const message = newMessage({ to: [`r${at}@${places[place]}`], raw: body, acceptedAt: Date.now() })
      await storage.transaction(() => queue.enqueue(message))
      queue.wake()
      offered.push([message.id, place])
    }
    return offered
  }
}
