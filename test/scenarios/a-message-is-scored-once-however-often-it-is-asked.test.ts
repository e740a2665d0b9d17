import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createByteBudget } from '../../service/access/byte-budget.ts'
import { createAskCallout } from '../../service/doors/callouts/asking/ask-callout.ts'
import type { CalloutRequest } from '../../service/doors/callouts/asking/callout-request.ts'
import type { ClientProfile } from '../../service/doors/callouts/clients/client-profile.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { question } from '../doors/callouts/asking/question.ts'
import { key, message, openHouse, start } from '../scoring/house.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'

const people = ['bob@example.net', 'carol@example.net', 'dave@example.com']
const raw = message({ to: people })

/** The ways in which one mail server, mx1, asks. */
const profiles = {
  'postfix-policy': { name: 'mx1-policy', kind: 'postfix-policy' },
  milter: { name: 'mx1-milter', kind: 'postfix-milter' },
  rspamd: { name: 'mx1-rspamd', kind: 'haraka' }
} as const

/** The seam of all callouts on the real scoring and store. */
async function openSluice(directory: string) {
  const storage = await openStorage({ directory })
  const senders = createLmdbSenderStore({ storage, key })
  const { score } = openHouse({ senders, accept: (act) => storage.transaction(act), newId: randomUUID })
  const ask = createAskCallout({
    score,
    chooseClient: ({ protocol }): ClientProfile => ({ ...common, ...profiles[kindOf(protocol)] }),
    deadlineMs: 10_000,
    budget: createByteBudget(268_435_456),
    newId: randomUUID,
    clock: () => start,
    log: silentLogger,
    metrics: createMetrics()
  })
  const sender = senders.keyOf('alice@example.org')
  return { ask, senders, sender, close: () => storage.close() }
}

const common = {
  mta: 'mx1', trusted: true, hold: 'quarantine', route: null, onFailure: 'open', mode: 'enforce', labels: true, identityHeader: null
} as const // prettier-ignore

function kindOf(protocol: CalloutRequest['protocol']): keyof typeof profiles {
  return protocol === 'postfix-policy' || protocol === 'milter' ? protocol : 'rspamd'
}

function about(protocol: CalloutRequest['protocol'], more: Partial<CalloutRequest> = {}): CalloutRequest {
  return question({ protocol, rcptTo: people, raw, sizeBytes: raw.length, ...more })
}

test('policy at each recipient and at the end, milter, rspamd, retries, at once and after a restart: one message', async (t) => {
  const directory = await temporaryDirectory(t)
  const before = await openSluice(directory)
  const policy = { raw: null, sizeBytes: 0 }

  const answers = []
  for (let count = 1; count <= people.length; count += 1)
    answers.push(await before.ask(about('postfix-policy', { ...policy, rcptTo: people.slice(0, count) })))
  answers.push(await before.ask(about('postfix-policy', { ...policy, sizeBytes: raw.length })))
  const atOnce = ['milter', 'rspamd', 'milter', 'rspamd'] as const
  answers.push(...(await Promise.all(atOnce.map((protocol) => before.ask(about(protocol))))))
  for (const person of people) answers.push(await before.ask(about('rspamd', { rcptTo: [person] })))
  await before.close()
  const after = await openSluice(directory)
  answers.push(await after.ask(about('milter')), await after.ask(about('postfix-policy', policy)))

  const { senders, sender } = after
  const { usage, profile } = senders.snapshot(sender, start)
  const journal = Array.from(senders.journal(sender))
  const verdicts = Array.from(senders.verdictsOf(sender, 0))
  await after.close()

  assert.deepEqual([...new Set(answers.map(({ disposition }) => disposition))], ['accept'])
  assert.equal(new Set(answers.map(({ verdict }) => verdict?.id)).size, 1)
  assert.deepEqual([usage.messagesLastDay, usage.recipientsLastDay, usage.newRecipientsLastDay], [1, 3, 3])
  assert.deepEqual([profile.messagesSeen, profile.envelopesSeen, profile.people.keys.length], [1, 0, 3])
  assert.deepEqual([journal.length, verdicts.length, verdicts[0]?.messageId], [1, 1, '<m1@example.org>'])
  // The end of the recipients and what came after the content was known
  assert.equal(answers.filter(({ verdict }) => verdict?.duplicate === false).length, people.length + 1)
})

test('the same text under ten queue ids is ten messages: that is what a spammer sends', async (t) => {
  const sluice = await openSluice(await temporaryDirectory(t))

  for (let count = 0; count < 10; count += 1) await sluice.ask(about('milter', { queueId: `4Xk${count}` }))

  const usage = sluice.senders.usage(sluice.sender, start)
  await sluice.close()
  assert.deepEqual([usage.messagesLastDay, usage.recipientsLastDay], [10, 30])
})

test('a mail server that names all of its messages alike is no way past the limits', async (t) => {
  const sluice = await openSluice(await temporaryDirectory(t))

  for (let count = 0; count < 10; count += 1) {
    const other = message({ to: people, text: `Message number ${count} of a broken mail server.` })
    await sluice.ask(about('rspamd', { queueId: 'NOQUEUE', raw: other }))
  }

  const usage = sluice.senders.usage(sluice.sender, start)
  await sluice.close()
  assert.deepEqual([usage.messagesLastDay, usage.recipientsLastDay], [10, 30])
})
