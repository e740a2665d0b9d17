import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AlignmentForecast } from '../../service/message/alignment.ts'
import { policy } from '../verdict/policy.ts'
import { codesOf, openHouse, submission, verdictOf } from './house.ts'

const misaligned: AlignmentForecast = {
  kind: 'misaligned',
  domain: 'example.org',
  policy: 'reject',
  spf: 'SPF of example.org is fail for 203.0.113.25',
  dkim: 'no key for example.org'
}
const aligned: AlignmentForecast = { kind: 'aligned', domain: 'example.org', by: 'DKIM' }

function house(forecast: AlignmentForecast, onMisaligned: 'sign' | 'hold' = 'hold') {
  const asked: string[] = []
  const { score } = openHouse({
    policy: { ...policy, onMisaligned },
    forecastAlignment: ({ id }) => {
      asked.push(id)
      return Promise.resolve(forecast)
    }
  })
  return { score, asked }
}

test('mail that we send, and that receivers will refuse, is held where the policy says hold', async () => {
  const { score } = house(misaligned)
  const verdict = verdictOf(await score({ ...submission(), isSentByUs: true }))
  assert.equal(verdict.verdict, 'hold')
  const reason = verdict.reasons.find(({ code }) => code === 'DMARC_MISALIGNED')
  assert.equal(
    reason?.message,
    'Receivers will not see mail from example.org as authentic, and its policy asks them to reject it: no key for example.org; SPF of example.org is fail for 203.0.113.25'
  )
  assert.equal(reason?.contribution, 0)
})

test('and let go with its reason where it says sign', async () => {
  const { score } = house(misaligned, 'sign')
  const verdict = verdictOf(await score({ ...submission(), isSentByUs: true }))
  assert.equal(verdict.verdict, 'allow')
  assert.ok(codesOf(verdict).includes('DMARC_MISALIGNED'))
})

test('mail that another server sends is not foretold: its addresses and keys are not ours', async () => {
  const { score, asked } = house(misaligned)
  const verdict = verdictOf(await score(submission()))
  assert.equal(verdict.verdict, 'allow')
  assert.deepEqual(asked, [])
})

test('that all is well is told to those who ask for explanations alone', async () => {
  const { score } = house(aligned)
  const quiet = verdictOf(await score({ ...submission(), isSentByUs: true }))
  assert.ok(!codesOf(quiet).includes('DMARC_ALIGNED'))
  const told = verdictOf(await score({ ...submission(), isSentByUs: true, explain: true }))
  assert.ok(codesOf(told).includes('DMARC_ALIGNED'))
})
