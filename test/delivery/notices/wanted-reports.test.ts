import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantedReports, type Settled } from '../../../service/delivery/notices/wanted-reports.ts'
import { noParameters, type Notify } from '../../../service/message/mail-parameters.ts'
import { toRecord } from '../../../service/queue/records/new-message.ts'
import type { QueuedMessage, RecipientState } from '../../../service/queue/records/queued-message.ts'
import { newMessage, start } from '../../queue/messages.ts'

const hour = 3_600_000
const address = 'bob@example.net'

function message(notify: readonly Notify[] | null, more: Partial<QueuedMessage> = {}): QueuedMessage {
  const known = toRecord(newMessage({ id: 'message', to: [address] }), 'queued', null, start)
  const recipients = { [address]: { notify, orcpt: null } }
  return { ...known, parameters: { ...noParameters, recipients }, ...more }
}

function settled(state: RecipientState, reach: Settled['reach'] = null): Settled {
  return { outcome: { address, state, reply: 'a reply', status: null, mx: null, at: start }, reach }
}

function actions(of: QueuedMessage, one: Settled, hours = 5): readonly string[] {
  const rules = { delayNoticeMs: 4 * hour, now: start + hours * hour }
  return wantedReports(of, [one], rules).map(({ action }) => action)
}

const cases: readonly (readonly [string, readonly Notify[] | null, Settled, readonly string[]])[] = [
  ['a failure is told unasked', null, settled('bounced'), ['failed']],
  ['what expired is a failure', null, settled('expired'), ['failed']],
  ['NEVER silences a failure', ['NEVER'], settled('bounced'), []],
  ['who asks for success alone hears of no failure', ['SUCCESS'], settled('bounced'), []],
  ['a delay is told unasked', null, settled('pending'), ['delayed']],
  ['who asks for failures alone hears of no delay', ['FAILURE'], settled('pending'), []],
  ['success is told only if asked', null, settled('delivered', 'taken'), []],
  ['a host that takes no wishes: relayed', ['SUCCESS'], settled('delivered', 'taken'), ['relayed']],
  ['in the mailbox: delivered', ['SUCCESS'], settled('delivered', 'final'), ['delivered']],
  ['a host that was told reports by itself', ['SUCCESS'], settled('delivered', 'passed-on'), []],
  ['a cancelled message is no news', ['SUCCESS', 'FAILURE', 'DELAY'], settled('cancelled'), []]
]

for (const [says, notify, one, expected] of cases) {
  test(says, () => assert.deepEqual(actions(message(notify), one), expected))
}

test('a delay is told once, and not before its time', () => {
  assert.deepEqual(actions(message(null), settled('pending'), 3), [])
  assert.deepEqual(actions(message(null, { delayToldAt: start + hour }), settled('pending')), [])
})

test('the time in which a message was held is no delay of ours', () => {
  const decision = { kind: 'released', by: 'operator', at: start + 4 * hour, note: null } as const
  const hold = { reasons: [], risk: 0.9, heldAt: start, deadline: start + 72 * hour, decision }
  assert.deepEqual(actions(message(null, { hold }), settled('pending')), [])
})

test('nobody waits for bulk mail', () => {
  assert.deepEqual(actions(message(null, { label: 'bulk' }), settled('pending')), [])
})

test('a null sender is never answered', () => {
  const envelope = { ...message(null).envelope, mailFrom: null }
  assert.deepEqual(actions(message(null, { envelope }), settled('bounced')), [])
})
