import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { createRecallQueued } from '../../service/operations/recall/recall-queued.ts'
import { createRecallRecords } from '../../service/operations/recall/recall-records.ts'
import { createRecallWatch } from '../../service/operations/recall/recall-watch.ts'
import { createContainmentLedger } from '../../service/senders/containment-ledger.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { isDone, openDelivery, type DeliveryHouse } from '../delivery/open-delivery.ts'
import { routeTo } from '../helpers/open-pipeline.ts'
import { startSink } from '../helpers/smtp-sink.ts'
import { newMessage } from '../queue/messages.ts'
import { key, openHouse } from '../scoring/house.ts'

const mallory = 'alice@example.org'

/** As main puts it together: containment that rises is noted, and its sender's queue is looked at. */
function openRecall({ storage, queue, delivery }: DeliveryHouse) {
  const [log, metrics] = [silentLogger, createMetrics()]
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const senders = createLmdbSenderStore({ storage, key })
  const records = createRecallRecords(storage)
  const ledger = createContainmentLedger({
    storage,
    senders,
    onChanged: (step) => records.note(step),
    log,
    metrics
  })
  const { score } = openHouse({ senders, accept, newId: randomUUID, clock: Date.now })
  const options = { queue, senders, score, underWay: delivery, accept, holdHours: 72, log, metrics }
  const recallQueued = createRecallQueued({ ...options, clock: Date.now, patienceMs: 300 })
  const openWatch = () => createRecallWatch({ records, queue, senders, recallQueued, accept, log })
  const confirm = (ref: string) =>
    accept(() => ledger.note(senders.keyOf(mallory), 'takeover-reported', Date.now(), ref))
  return { senders, metrics, openWatch, confirm }
}

function by(user: string) {
  const { origin } = newMessage()
  return { from: user, origin: { ...origin, auth: { user, method: 'PLAIN' } } }
}

/** A host that takes no message until it is told to. */
async function openSlowHost(t: TestContext) {
  const gate = Promise.withResolvers<null>()
  const taking = Promise.withResolvers<undefined>()
  let begun = 0
  const sink = await startSink({
    data: () => {
      begun += 1
      if (begun === 2) taking.resolve(undefined)
      return gate.promise
    }
  })
  t.after(() => sink.close())
  return { sink, open: () => gate.resolve(null), bothTaken: taking.promise }
}

test('two hundred queued messages of a hijacked sender are held when the third report confirms it; what is past DATA is counted', async (t) => {
  const { sink, open, bothTaken } = await openSlowHost(t)
  const house = await openDelivery(t, { routes: [routeTo(sink.port)], config: { maxConnections: 2 } })
  const { queue } = house
  const { confirm, metrics, openWatch } = openRecall(house)
  for (let count = 0; count < 200; count += 1)
    await house.send({ ...by(mallory), to: ['victim@example.net'] })
  await bothTaken
  const honest = await house.send({ ...by('bob@example.org'), to: ['friend@example.net'] })

  const watch = openWatch()
  t.after(() => watch.close())
  await confirm('verdict-a')
  await confirm('verdict-b')
  await watch.settled()
  assert.equal(queue.counts().held, 0)

  await confirm('verdict-c')
  await watch.settled()
  assert.deepEqual(queue.counts(), { queued: 3, held: 198 })
  const page = queue.page({ state: 'held', sender: mallory, limit: 1 })
  assert.ok(page.kind === 'page' && page.items[0]?.hold?.reasons.includes('SENDER_RESTRICTED'))
  // Looked at twice, watched and restricted: the two were under way both times
  const told = await metrics.render()
  assert.match(told, /sluice_recalled_total\{outcome="held"\} 198/u)
  assert.match(told, /sluice_recalled_total\{outcome="left"\} 4/u)

  open()
  await house.when(honest, isDone)
  assert.equal((await sink.received(3)).length, 3)
})

test('a recall that a crash cut short is made at the next start', async (t) => {
  const { sink } = await openSlowHost(t)
  const house = await openDelivery(t, { routes: [routeTo(sink.port)], config: { maxConnections: 1 } })
  const { confirm, openWatch } = openRecall(house)
  const goOn = house.delivery.still(mallory)
  t.after(goOn)
  for (let count = 0; count < 5; count += 1) await house.send({ ...by(mallory), to: ['victim@example.net'] })
  for (const ref of ['a', 'b', 'c']) await confirm(ref)
  assert.equal(house.queue.counts().held, 0)

  const watch = openWatch()
  t.after(() => watch.close())
  await watch.settled()
  assert.equal(house.queue.counts().held, 5)
})
