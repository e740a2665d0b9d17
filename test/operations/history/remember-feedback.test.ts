import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRememberFeedback } from '../../../service/operations/history/remember-feedback.ts'
import type { FeedbackRecord } from '../../../service/senders/feedback-records.ts'
import { createMemoryCampaignMemory } from '../../../service/senders/campaigns/memory-campaign-memory.ts'
import { createMemoryOutcomeMemory } from '../../../service/senders/outcome-memory.ts'
import { body, sighting } from '../../contracts/campaign-memory-suite.ts'
import { monday9 } from '../../profile/observations.ts'

const verdict = {
  id: 'v1',
  submissionId: 's1',
  sender: 'ann',
  at: monday9,
  messageId: null,
  answer: {},
  fingerprint: body(1)
}

/** What the memories hold after one label of this source. */
function after({ label, source }: Pick<FeedbackRecord, 'label' | 'source'>, proven = true) {
  const campaigns = createMemoryCampaignMemory()
  const outcomes = createMemoryOutcomeMemory()
  const record = {
    id: 'f1',
    verdictId: 'v1',
    submissionId: 's1',
    sender: 'ann',
    by: 'x',
    note: null,
    stands: true
  }
  createRememberFeedback({ campaigns, outcomes })(verdict, { ...record, label, source, at: monday9 }, proven)
  const { complained } = outcomes.recall('ann', monday9).day
  return [campaigns.recall(sighting('me')).bodyMark, complained]
}

test("only an operator's word makes a text a known campaign, or clears it", () => {
  assert.deepEqual(after({ label: 'phishing', source: 'operator' }), ['bad', 0])
  assert.deepEqual(after({ label: 'legitimate', source: 'operator' }), ['good', 0])
  assert.deepEqual(after({ label: 'spam', source: 'sender' }), ['none', 0])
})

test('what recipients report is a complaint about the sender, if it was the sender', () => {
  assert.deepEqual(after({ label: 'spam', source: 'fbl' }), ['none', 1])
  assert.deepEqual(after({ label: 'phishing', source: 'recipient' }), ['none', 1])
  assert.deepEqual(after({ label: 'legitimate', source: 'recipient' }), ['none', 0])
  assert.deepEqual(after({ label: 'spam', source: 'fbl' }, false), ['none', 0])
})
