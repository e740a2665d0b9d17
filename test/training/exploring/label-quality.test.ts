import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JudgedMessage } from '../../../service/history/reader/drift-reader.ts'
import type { StoredEvidence } from '../../../service/history/reader/evidence-reader.ts'
import { measureLabels } from '../../../training/exploring/label-quality.ts'

const message = (id: string, logit: number, judged = 'allow'): JudgedMessage => ({
  sender: 's1', submission_id: id, received_at: 1, features: [], feature_digest: '', content_structure: [],
  risk_logit: logit, takeover_logit: logit, spam_logit: logit, judged, hold_threshold: 0.05, takeover_model: '1', content_model: '1'
}) // prettier-ignore

const said = (id: string, by: string, label: string): StoredEvidence => ({
  sender: 's1', submission_id: id, at: 1, kind: 'feedback', said: label, by, status: '', reply: ''
}) // prettier-ignore

const held = (id: string, decision: string): StoredEvidence => ({
  ...said(id, 'support', decision),
  kind: 'hold'
})

function readerOf(messages: readonly JudgedMessage[], evidence: readonly StoredEvidence[]) {
  return {
    async *judged() {
      yield* messages
    },
    async *evidence() {
      yield* evidence
    },
    versions: () => Promise.resolve([])
  }
}

test('labels are counted by what they rest on; holds that nobody decided are counted apart', async () => {
  const { bases, undecided } = await measureLabels({
    reader: readerOf(
      [message('a', -9), message('b', -8), message('c', 2, 'hold'), message('d', 3, 'hold')],
      [held('c', 'rejected')]
    )
  })
  assert.deepEqual(
    bases.map(({ basis, isBad, messages, medianRiskLogit }) => [basis, isBad, messages, medianRiskLogit]),
    [
      ['unlabelled', false, 2, -8],
      ['hold/rejected', true, 1, 2]
    ]
  )
  assert.equal(undecided, 1)
})

test('witnesses who contradict each other are told, whoever wins', async () => {
  const { agreement } = await measureLabels({
    reader: readerOf(
      [message('a', -9), message('b', -9)],
      [said('a', 'fbl', 'spam'), said('a', 'operator', 'legitimate'), said('b', 'fbl', 'spam'), said('b', 'operator', 'spam')]
    )
  }) // prettier-ignore
  assert.deepEqual(agreement, [{ one: 'feedback/fbl', other: 'feedback/operator', same: 1, opposite: 1 }])
})

test('labels against which the models speak come first, by what they weigh; silence is no label', async () => {
  const { doubtful } = await measureLabels({
    most: 2,
    reader: readerOf(
      [message('a', -9), message('b', -9), message('c', -9), message('d', 4, 'allow')],
      [said('a', 'recipient', 'spam'), said('b', 'operator', 'takeover'), said('c', 'operator', 'legitimate')]
    )
  })
  assert.deepEqual(
    doubtful.map(({ submissionId }) => submissionId),
    ['b', 'a']
  )
})
