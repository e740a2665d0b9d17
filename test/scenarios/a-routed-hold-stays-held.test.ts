import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRecallRouted, createRememberRouted } from '../../service/operations/holds/routed-holds.ts'
import { lastQueueId } from '../../service/message/received-field.ts'
import { resolveSender } from '../../service/senders/identity.ts'
import { createRoutedHolds } from '../../service/senders/routed-holds.ts'
import { decide } from '../../service/verdict/decide.ts'
import { logit } from '../../service/verdict/log-odds.ts'
import { start, submission } from '../scoring/house.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { policy } from '../verdict/policy.ts'

const minute = 60_000

/** What Postfix put on top when it took the message in. */
const received =
  'Received: from laptop (unknown [203.0.113.99])\r\n\t(Authenticated sender: alice@example.org)\r\n\tby mx1.example.org (Postfix) with ESMTPSA id 4XyZ12Abc\r\n\tfor <bob@example.net>; Sun, 22 Nov 2026 08:00:00 +0000 (UTC)\r\n'

test('a message that was held for its client’s network is held again when Postfix, a known client, hands it over', async (t) => {
  const storage = await openTemporary(t)
  const senders = { keyOf: (id: string) => `key of ${id}` }
  const routed = createRoutedHolds(storage)
  const remember = createRememberRouted({ routed })
  const recall = createRecallRouted({ routed, senders, resolveSender, clock: () => start + minute })
  const thief = { ip: '203.0.113.99', helo: 'laptop', port: null, tls: null }
  const asked = submission({
    client: thief,
    requestId: '4XyZ12Abc',
    onHold: 'rerouted'
  })
  await storage.transaction(() =>
    remember({
      submission: asked,
      decision: { verdict: 'hold' },
      record: { id: 'verdict-1', sender: senders.keyOf('alice@example.org'), at: start }
    })
  )

  const raw = Buffer.from(`X-AuthUser: alice@example.org\r\n${received}Subject: x\r\n\r\ny\r\n`)
  const handed = submission({
    sender: 'alice@example.org',
    auth: null,
    client: { ip: '127.0.0.1', helo: 'mx1', port: 1, tls: null },
    raw
  })
  const recalled = recall(handed, lastQueueId(raw))
  assert.equal(recalled.heldBefore, 'verdict-1')
  assert.deepEqual(recalled.client, thief)

  const decision = decide({
    riskLogit: logit(0.001),
    spamLogit: logit(0.001),
    thresholds: { suspicious: 0.2, hold: 0.4, block: 0.9 },
    policy,
    containment: 'normal',
    external: true,
    knownCampaign: false,
    unreadable: null,
    brokenLimits: [],
    messagesSeen: 100,
    newRecipients: 0,
    heldBefore: recalled.heldBefore
  })
  assert.equal(decision.verdict, 'hold')
  assert.deepEqual(
    decision.reasons.map(({ code }) => code),
    ['ROUTED_TO_HOLD']
  )

  const others = [
    recall(handed, 'ANOTHER'),
    recall(handed, null),
    recall({ ...handed, sender: 'bob@example.org' }, '4XyZ12Abc')
  ]
  assert.ok(others.every(({ heldBefore }) => heldBefore === undefined))
})

test('what was held by its envelope alone is read and judged anew, as the mail of the client that sent it', async (t) => {
  const storage = await openTemporary(t)
  const routed = createRoutedHolds(storage)
  const client = { ip: '203.0.113.99', helo: 'laptop', port: null, tls: null }
  await storage.transaction(() =>
    routed.note('alice', 'Q1', { verdictId: 'v', client, sawContent: false, at: start })
  )
  const senders = { keyOf: () => 'alice' }
  const recall = createRecallRouted({ routed, senders, resolveSender, clock: () => start })
  const recalled = recall(submission({ sender: 'alice@example.org' }), 'Q1')
  assert.deepEqual(recalled.client, client)
  assert.equal(recalled.heldBefore, undefined)
})

test('the queue id is that of the topmost Received field, whatever the author wrote below', () => {
  const raw = Buffer.from(
    `X-Sluice-Verdict: hold\r\n${received}Received: from x by y id FORGED; now\r\n\r\nReceived: by z id BODY\r\n`
  )
  assert.equal(lastQueueId(raw), '4XyZ12Abc')
  assert.equal(lastQueueId(Buffer.from('Subject: x\r\n\r\nReceived: by z id BODY\r\n')), null)
})

test('what is on its way for more than five days, or of an erased sender, is forgotten', async (t) => {
  const storage = await openTemporary(t)
  const routed = createRoutedHolds(storage)
  const hold = {
    verdictId: 'v',
    sawContent: true,
    client: { ip: null, helo: null, port: null, tls: null },
    at: 0
  }
  await storage.transaction(() => {
    routed.note('alice', 'Q1', hold)
    routed.note('bob', 'Q1', hold)
  })
  const day = 86_400_000
  assert.equal(routed.of('alice', 'Q1', 5 * day - 1)?.verdictId, 'v')
  assert.equal(routed.of('alice', 'Q1', 5 * day), undefined)
  assert.equal(await storage.transaction(() => routed.erase('bob')), 1)
  assert.equal(routed.of('bob', 'Q1', 1), undefined)
  assert.equal(await storage.transaction(() => routed.expire(6 * day)), 1)
  assert.equal(routed.of('alice', 'Q1', 1), undefined)
})
