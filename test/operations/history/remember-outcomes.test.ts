import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createRememberOutcomes } from '../../../service/operations/history/remember-outcomes.ts'
import { createContainmentLedger } from '../../../service/senders/containment-ledger.ts'
import { createLmdbSenderStore } from '../../../service/senders/lmdb-sender-store.ts'
import { createLmdbOutcomeMemory, type OutcomeMemory } from '../../../service/senders/outcome-memory.ts'
import type { SenderStore } from '../../../service/senders/sender-store.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { isDone, openDelivery } from '../../delivery/open-delivery.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import type { MessageDraft } from '../../queue/messages.ts'

const client = { ip: null, helo: null, port: null, tls: null }
const alice = {
  client,
  auth: { user: 'alice@example.org', method: 'PLAIN' },
  sender: null,
  receivedAt: 0,
  trace: ''
}

/** Sends to a host that knows only `yes@`, and gives what is remembered of alice. */
async function afterSending(t: TestContext, draft: MessageDraft) {
  const sink = await startSink({
    rcpt: (to) => (to.startsWith('yes') ? null : to.startsWith('spam') ? '550 5.7.1 spam' : '550 5.1.1 who?')
  })
  t.after(() => sink.close())
  const opened: { outcomes?: OutcomeMemory; senders?: SenderStore } = {}
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port)],
    onSettled: (storage) => {
      const senders = createLmdbSenderStore({ storage, key: new Uint8Array(32) })
      const outcomes = createLmdbOutcomeMemory(storage)
      const ledger = createContainmentLedger({
        storage,
        senders,
        log: silentLogger,
        metrics: createMetrics()
      })
      Object.assign(opened, { outcomes, senders })
      return createRememberOutcomes({ senders, outcomes, ledger, clock: () => 0 })
    }
  })
  await house.when(await house.send(draft), isDone)
  return opened.outcomes?.recall(opened.senders?.keyOf('alice@example.org') ?? '', 0).day
}

test('what became of the recipients is remembered of their sender, in the transaction that settles them', async (t) => {
  const to = ['yes@example.net', 'no@example.net', 'spam@example.net']

  assert.deepEqual(await afterSending(t, { to, origin: alice }), {
    delivered: 1,
    unknown: 1,
    refused: 1,
    complained: 0
  })
})

test('bounces in a name that only MAIL FROM claims are no evidence against it', async (t) => {
  const day = await afterSending(t, { to: ['no@example.net'], origin: { ...alice, auth: null } })

  assert.equal(day?.unknown, 0)
})
