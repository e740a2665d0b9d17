import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { organisationOf } from '../../../service/authentication/dmarc/organisation.ts'
import type { DeliveryFacts } from '../../../service/history/rows/delivery-row.ts'
import type { HoldFacts } from '../../../service/history/rows/hold-row.ts'
import { createRememberSteps } from '../../../service/operations/history/remember-steps.ts'
import { createQueue } from '../../../service/queue/queue.ts'
import type { RecipientOutcome } from '../../../service/queue/records/queued-message.ts'
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import { newMessage } from '../../queue/messages.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const now = 1_000
const hold = { reasons: ['RISK_HIGH'], risk: 0.5, deadline: 2_000, isSoft: true }

/** A real queue, and what is remembered of its steps. */
async function openQueue(t: TestContext) {
  const directory = await temporaryDirectory(t)
  const storage = await openStorage({ directory })
  t.after(() => storage.close())
  const holds: HoldFacts[] = []
  const deliveries: DeliveryFacts[] = []
  const onStep = createRememberSteps({
    senders: { keyOf: (id) => `key of ${id}` },
    keyedHash: (text) => `#${text}`,
    organisationOf,
    recordHold: (facts) => holds.push(facts),
    recordDeliveries: (_, facts) => deliveries.push(...facts)
  })
  const queue = await createQueue({
    storage,
    spoolDirectory: join(directory, 'spool'),
    clock: () => now,
    onStep
  })
  const outcomes = (): readonly string[] =>
    deliveries.map(({ outcome, recipient }) => `${outcome} ${recipient}`)
  return { storage, queue, holds, deliveries, outcomes }
}

function told(address: string, state: RecipientOutcome['state'], reply: string): RecipientOutcome {
  return { address, state, reply, status: '5.1.1', mx: 'mx1.example.net', at: now }
}

const attempt = { at: now, durationMs: 12, route: 'direct', mx: 'mx1.example.net', recipients: 2, reply: '' }

test('each step of a delivery leaves a row a recipient, deferrals and cancellations too', async (t) => {
  const { storage, queue, deliveries, outcomes } = await openQueue(t)
  const message = newMessage({ to: ['Bob+x@example.net', 'carol@example.net', 'dan@example.net'] })
  await storage.transaction(() => queue.enqueue(message))
  await queue.recordOutcome(message.id, {
    round: 1,
    recipients: [
      told('Bob+x@example.net', 'delivered', '250 ok'),
      told('carol@example.net', 'pending', '451 later')
    ],
    nextAttemptAt: 5_000,
    attempt
  })
  await queue.cancel(message.id, 'operator')

  assert.deepEqual(outcomes(), [
    'accepted #bob@example.net',
    'accepted #carol@example.net',
    'accepted #dan@example.net',
    'delivered #bob@example.net',
    'deferred #carol@example.net',
    'cancelled #carol@example.net',
    'cancelled #dan@example.net'
  ])
  assert.deepEqual(deliveries[3], {
    queueId: message.id,
    submissionId: message.submissionId,
    sender: `key of ${message.senderId}`,
    recipient: '#bob@example.net',
    recipientDomain: '#example.net',
    at: now,
    outcome: 'delivered',
    attempt: 1,
    reply: '250 ok',
    status: '5.1.1',
    route: 'direct',
    mx: '#mx1.example.net',
    durationMs: 12
  })
})

const hosts: readonly (readonly [mx: string, to: string, kept: string])[] = [
  ['ASPMX.l.google.com', 'carol@example.net', 'google.com'],
  ['example-net.mail.protection.outlook.com', 'carol@example.net', 'outlook.com'],
  ['mx.mail.example.net', 'carol@news.example.net', '#mx.mail.example.net'],
  ['192.0.2.1', 'carol@example.net', '#192.0.2.1'],
  ['relay', 'carol@example.net', 'relay']
]

test('of the host that answered a provider’s name is kept, and none that would tell the recipient’s domain', async (t) => {
  const { storage, queue, deliveries } = await openQueue(t)
  for (const [index, [mx, to]] of hosts.entries()) {
    const message = { ...newMessage({ to: [to] }), id: `host-${index}` }
    await storage.transaction(() => queue.enqueue(message))
    const recipients = [{ ...told(to, 'delivered', `250 ok by ${mx}`), mx }]
    await queue.recordOutcome(message.id, { round: 1, recipients, nextAttemptAt: null, attempt })
    assert.equal(deliveries.at(-1)?.mx, hosts[index]?.[2])
    assert.doesNotMatch(deliveries.at(-1)?.reply ?? '', /example\.net/u)
  }
})

test('no reply keeps whom it was about', async (t) => {
  const { storage, queue, deliveries } = await openQueue(t)
  const message = newMessage({ to: ['carol@example.net'] })
  await storage.transaction(() => queue.enqueue(message))
  const reply = `550 5.1.1 <carol@example.net>: user Carol unknown; ask postmaster@example.net ${'.'.repeat(300)}`
  await queue.recordOutcome(message.id, {
    round: 1,
    recipients: [told('carol@example.net', 'bounced', reply)],
    nextAttemptAt: null,
    attempt
  })
  const kept = deliveries.at(-1)?.reply ?? ''
  assert.match(kept, /^550 5\.1\.1 <address> user <name> unknown; ask <address> \.+$/u)
  assert.equal(kept.length, 200)
})

test('a hold leaves a row for each of its steps, and is accepted once it is released', async (t) => {
  const { storage, queue, holds, outcomes } = await openQueue(t)
  const message = newMessage({ to: ['carol@example.net'] })
  const decision = { kind: 'released', by: 'token', at: 3_000, note: null } as const
  await storage.transaction(() => queue.hold(message, hold))
  await storage.transaction(() => queue.holdOn(message.id, { ...hold, isSoft: false, risk: 0.7 }))
  assert.deepEqual(outcomes(), [])
  await storage.transaction(() => queue.decide(message.id, decision))
  await storage.transaction(() => queue.decide(message.id, decision))

  assert.deepEqual(
    holds.map(({ event, at, hold: { isSoft, risk, decision: made } }) => [event, at, isSoft, risk, made?.by]),
    [
      ['held', now, true, 0.5, undefined],
      ['hardened', now, false, 0.7, undefined],
      ['released', 3_000, false, 0.7, 'token']
    ]
  )
  assert.deepEqual(outcomes(), ['accepted #carol@example.net'])
})

test('reports of our own leave nothing', async (t) => {
  const { storage, queue, outcomes } = await openQueue(t)
  await storage.transaction(() => queue.enqueue({ ...newMessage(), senderId: '' }))
  assert.deepEqual(outcomes(), [])
})
