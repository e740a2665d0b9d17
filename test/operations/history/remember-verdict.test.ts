import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createRememberVerdict } from '../../../service/operations/history/remember-verdict.ts'
import { createContainmentLedger } from '../../../service/senders/containment-ledger.ts'
import { createLmdbSenderStore } from '../../../service/senders/lmdb-sender-store.ts'
import { createVerdictMemory } from '../../../service/senders/verdict-memory.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { openMailServer, strangers, teach } from '../../scoring/asked-again/mail-server.ts'
import { key } from '../../scoring/house.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const scam =
  'Please wire $ 5,000 USD today to this account, send me the $900 and the €1,200 now, 500 dollars urgently.'

/** A mail server whose questions leave what the service remembers of them. */
async function openRemembering(t: TestContext) {
  const storage = await openTemporary(t)
  const senders = createLmdbSenderStore({ storage, key })
  const ledger = createContainmentLedger({ storage, senders, log: silentLogger, metrics: createMetrics() })
  const memory = createVerdictMemory({ storage, key })
  const server = openMailServer({
    senders,
    accept: (act) => storage.transaction(act),
    onConcluded: createRememberVerdict({ memory, ledger })
  })
  await teach(server)
  const sender = senders.keyOf('alice@example.org')
  const evidence = () => ledger.read(sender).record.events.map(({ kind, ref }) => [kind, ref])
  return { ...server, sender, memory, evidence }
}

test('a message that is held counts once against its sender, however often it is asked about', async (t) => {
  const { ask, evidence } = await openRemembering(t)

  const { id } = await ask({ to: strangers.slice(0, 3) })
  await ask({ to: strangers.slice(0, 3) })
  await ask({ to: strangers })

  assert.deepEqual(evidence(), [['held', id]])
})

test('held by its envelope and blocked by its content, it counts as blocked only', async (t) => {
  const { ask, askEnvelope, evidence } = await openRemembering(t)

  const { id, verdict } = await askEnvelope({ to: strangers })
  const whole = await ask({ to: strangers, text: scam })

  assert.deepEqual([verdict, whole.verdict, whole.id], ['hold', 'block', id])
  assert.deepEqual(evidence(), [['blocked', id]])
})

test('what the content showed is kept for feedback, though an envelope comes after it', async (t) => {
  const { ask, askEnvelope, memory, sender } = await openRemembering(t)
  const { id } = await ask({ to: strangers.slice(0, 2) })

  await askEnvelope({ to: strangers })

  assert.equal(memory.observation({ id, sender })?.shows, undefined)
  assert.deepEqual(memory.byMessageId('m1@example.org')[0], id)
})

test('a hold that is rerouted leaves neither evidence nor a way from its Message-ID: our SMTP door leaves them', async (t) => {
  const { ask, evidence, memory, sender, senders } = await openRemembering(t)

  const { id, verdict } = await ask({ to: strangers, onHold: 'rerouted' })

  assert.equal(verdict, 'hold')
  assert.deepEqual([evidence(), memory.observation({ id, sender })], [[], undefined])
  assert.ok(!memory.byMessageId('m1@example.org').includes(id))
  assert.equal(senders.verdict(id)?.id, id)
})

test('a refused hold counts once, though its client comes again under other queue ids', async (t) => {
  const { ask, evidence } = await openRemembering(t)

  const { id } = await ask({ to: strangers, onHold: 'refused', requestId: 'A' })
  await ask({ to: strangers, onHold: 'refused', requestId: 'B' })

  assert.deepEqual(evidence(), [['held', id]])
})
