import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredEvidence } from '../../../service/history/reader/evidence-reader.ts'
import { labelFor, labelOf, readLabels } from '../../../training/history/labels.ts'

let clock = 0

function said(
  kind: StoredEvidence['kind'],
  word: string,
  by: string,
  more: Partial<StoredEvidence> = {}
): StoredEvidence {
  clock += 1
  return { sender: 's', submission_id: 'm1', at: clock, kind, said: word, by, status: '', reply: '', ...more }
}

const operator = (word: string): StoredEvidence => said('feedback', word, 'operator')
const recipient = (word: string): StoredEvidence => said('feedback', word, 'recipient')

test('who knows better wins, whenever it was said', () => {
  for (const evidence of [
    [operator('legitimate'), recipient('spam')],
    [recipient('spam'), operator('legitimate')]
  ]) {
    assert.deepEqual(labelOf(evidence), {
      isBad: false,
      weight: 0.8,
      basis: 'feedback/operator',
      isContested: true
    })
  }
})

test('among equals the last word counts, and a contradiction costs weight', () => {
  assert.deepEqual(labelOf([operator('legitimate'), operator('phishing')]), {
    isBad: true,
    weight: 0.5,
    basis: 'feedback/operator',
    isContested: true
  })
})

test('a released hold is honest, a rejected one is bad and says less; what nobody decided says nothing', () => {
  assert.deepEqual(labelOf([said('hold', 'released', 'token-1')])?.weight, 0.9)
  assert.deepEqual(labelOf([said('hold', 'rejected', 'token-1')]), {
    isBad: true,
    weight: 0.7,
    basis: 'hold/rejected',
    isContested: false
  })
  assert.equal(labelOf([said('hold', 'released', 'deadline')]), null)
  assert.equal(labelOf([said('hold', 'released', 'vouching')]), null)
})

const bounced = (status: string, reply: string): StoredEvidence =>
  said('delivery', 'bounced', 'mx.example', { status, reply })

test('a refusal as spam is weak evidence; an unknown user or a full mailbox is none', () => {
  assert.equal(labelOf([bounced('5.7.1', 'message looks like spam')])?.basis, 'delivery/refused')
  assert.equal(labelOf([bounced('5.1.1', 'user unknown')]), null)
  assert.equal(labelOf([bounced('5.2.2', 'mailbox full')]), null)
})

test('unspoken mail is honest with little weight if it was let pass, and left out if it was stopped', () => {
  const labels = new Map()
  assert.deepEqual(labelFor({ submission_id: 'm1', judged: 'allow' }, labels)?.weight, 0.2)
  assert.equal(labelFor({ submission_id: 'm1', judged: 'hold' }, labels), null)
  assert.equal(labelFor({ submission_id: 'm1', judged: 'block' }, labels), null)
})

test('evidence that comes message after message becomes one label each', async () => {
  const labels = await readLabels({
    async *evidence() {
      yield said('feedback', 'spam', 'fbl', { submission_id: 'm1' })
      yield said('feedback', 'legitimate', 'operator', { submission_id: 'm1' })
      yield said('hold', 'rejected', 'token-1', { submission_id: 'm2' })
      yield said('hold', 'released', 'deadline', { submission_id: 'm3' })
    }
  })
  assert.deepEqual(
    Array.from(labels, ([id, { isBad }]) => [id, isBad]),
    [
      ['m1', false],
      ['m2', true]
    ]
  )
})
