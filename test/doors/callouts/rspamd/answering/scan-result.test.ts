import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../../helpers/fixed-chance.ts'
import { failureOf, type CalloutAnswer } from '../../../../../service/doors/callouts/asking/callout-answer.ts'
import { toScanResult } from '../../../../../service/doors/callouts/rspamd/answering/scan-result.ts'
import type { Reason } from '../../../../../service/verdict/verdict.ts'
import { answered, profile } from '../open-rspamd.ts'

function reason(contribution: number, code: Reason['code'] = 'CLIENT_NETWORK_NEW'): Reason {
  return { code, message: 'First message from AS14061', contribution, evidence: {} }
}

/** As Postal adds up: the symbols that have a description, in order. */
function sumOf(answer: CalloutAnswer): number {
  return toScanResult(answer)
    .symbols.filter(({ description }) => description !== '')
    .reduce((sum, { score }) => sum + score, 0)
}

for (const { verdict, hold, kind, action, onReject } of [
  { verdict: 'allow', hold: 'quarantine', kind: 'rspamd', action: 'no action', onReject: 'reject' },
  { verdict: 'hold', hold: 'quarantine', kind: 'rspamd', action: 'quarantine', onReject: 'reject' },
  // Its milter knows no action of that name
  { verdict: 'hold', hold: 'quarantine', kind: 'rspamd-proxy', action: 'reject', onReject: 'quarantine' },
  { verdict: 'hold', hold: 'tempfail', kind: 'haraka', action: 'soft reject', onReject: 'reject' },
  { verdict: 'hold', hold: 'reject', kind: 'postal', action: 'reject', onReject: 'reject' },
  { verdict: 'hold', hold: 'label', kind: 'postal', action: 'no action', onReject: 'reject' },
  { verdict: 'block', hold: 'label', kind: 'postal', action: 'reject', onReject: 'reject' },
  { verdict: 'block', hold: 'quarantine', kind: 'rspamd-proxy', action: 'reject', onReject: 'reject' }
] as const) {
  test(`${verdict} with ${kind}, where holding is ${hold}, is ${action}, on reject ${onReject}`, () => {
    const result = toScanResult(answered(verdict, { score: 3 }, { hold, kind }))
    assert.deepEqual([result.action, result.onReject], [action, onReject])
    assert.equal(result.isSpam, action !== 'no action')
  })
}

test('the described symbols add up to the score, whatever the reasons', () => {
  const reasons = fc.array(
    fc.tuple(
      fc.double({ min: -20, max: 20, noNaN: true }),
      fc.constantFrom<Reason['code']>('CLIENT_NETWORK_NEW', 'MESSAGE_UNREADABLE', 'BASELINE')
    ),
    { maxLength: 12 }
  )
  const scores = fc.integer({ min: -1_000, max: 3_000 }).map((cents) => cents / 100)
  fc.assert(
    fc.property(reasons, scores, fc.constantFrom('allow', 'hold', 'block'), (given, score, verdict) => {
      const answer = answered(verdict, {
        score,
        reasons: given.map(([contribution, code]) => reason(contribution, code))
      })
      const result = toScanResult(answer)
      assert.equal(Math.round(sumOf(answer) * 100) / 100, result.score)
      assert.equal(new Set(result.symbols.map(({ name }) => name)).size, result.symbols.length)
      assert.ok(result.symbols.every(({ score: one }) => Math.round(one * 100) / 100 === one))
    })
  )
})

test('a refused message reaches 15 for those who add up, to the last bit', () => {
  const contributions = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 30 })
  fc.assert(
    fc.property(contributions, (given) => {
      const codes = ['CLIENT_NETWORK_NEW', 'MESSAGE_UNREADABLE', 'WORDING_SPAM'] as const
      const reasons = given.map((contribution, at) => reason(contribution, codes[at % 3] ?? 'BASELINE'))
      assert.ok(sumOf(answered('block', { score: 15, reasons })) >= 15)
      assert.ok(sumOf(answered('hold', { score: 6, reasons }, { hold: 'reject' })) >= 15)
    })
  )
})

test('what passes stays below 6, what is held below 15, so that those who compare the score do the same', () => {
  for (const score of [-10, 0, 5.99, 6, 14.99, 15, 30]) {
    assert.ok(toScanResult(answered('allow', { score })).score < 6)
    const held = toScanResult(answered('hold', { score }))
    assert.ok(held.score >= 6 && held.score < 15)
    assert.ok(toScanResult(answered('hold', { score }, { hold: 'label' })).score < 15)
    assert.ok(toScanResult(answered('block', { score })).score >= 15)
  }
})

test('a client that fails open passes what nobody judged, with a symbol that says so', () => {
  const { action, score, symbols } = toScanResult(failureOf('deadline', profile))
  assert.deepEqual(
    { action, score, names: symbols.map(({ name }) => name) },
    { action: 'no action', score: 0, names: ['SLUICE_UNJUDGED'] }
  )
})

for (const { kind, action } of [
  { kind: 'haraka', action: 'soft reject' },
  // They know no way to say "later": failing closed, the message must not leave
  { kind: 'postal', action: 'reject' },
  { kind: 'zonemta', action: 'reject' }
] as const) {
  test(`${kind}, failing closed, is told ${action} of what nobody judged`, () => {
    const answer = failureOf('overloaded', { ...profile, kind, onFailure: 'closed' })
    const result = toScanResult(answer)
    assert.equal(result.action, action)
    assert.equal(result.score >= result.requiredScore, action === 'reject')
    assert.match(result.smtpMessage ?? '', /try again later/u)
  })
}
