import '../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  campaignTerms,
  outcomeTerms,
  type CampaignFindings,
  type EvidenceTerm,
  type OutcomeFindings
} from '../../service/verdict/evidence-terms.ts'

const nothing: CampaignFindings = {
  bodyMark: 'none',
  sameBodySenders: 0,
  sameBodyWeight: 0,
  sameBodyStopped: 0,
  linkDomainFreshSenders: 0,
  linkDomainWeight: 0,
  familiarity: 1
}
const none = { delivered: 0, unknown: 0, refused: 0, complained: 0 }
const noOutcomes: OutcomeFindings = { day: none, week: none, usual: none }

const sumOf = (terms: readonly EvidenceTerm[]): number =>
  terms.reduce((sum, { logLikelihoodRatio }) => sum + logLikelihoodRatio, 0)

test('without evidence there is no term', () => {
  assert.deepEqual([...campaignTerms(nothing), ...outcomeTerms(noOutcomes)], [])
})

for (const which of ['sameBodyWeight', 'sameBodyStopped', 'linkDomainWeight', 'familiarity'] as const) {
  test(`more ${which} never lowers the risk, and is capped`, () => {
    const most = which === 'familiarity' ? 1 : 1e6
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: most, noNaN: true }),
        fc.double({ min: 0, max: most, noNaN: true }),
        (one, other) => {
          const rest = { ...nothing, sameBodyWeight: 1, linkDomainWeight: 1 }
          const [less, more] = [Math.min(one, other), Math.max(one, other)].map((value) =>
            sumOf(campaignTerms({ ...rest, [which]: value }))
          )
          assert.ok((less ?? 0) <= (more ?? 0) && (more ?? 0) <= 10)
        }
      )
    )
  })
}

for (const which of ['unknown', 'refused', 'complained'] as const) {
  test(`more ${which} never lowers the risk, and is capped`, () => {
    fc.assert(
      fc.property(fc.nat(1e5), fc.nat(1e5), fc.nat(1e5), (one, other, delivered) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map((value) => {
          const recent = { ...none, delivered, [which]: value }
          return sumOf(outcomeTerms({ ...noOutcomes, day: recent, week: recent }))
        })
        assert.ok((less ?? 0) <= (more ?? 0) && (more ?? 0) <= 4)
      })
    )
  })
}

test('a first unknown recipient is a typing error; a tenth of two hundred is a bought list', () => {
  const [typingError, list] = [
    { ...none, unknown: 1 },
    { ...none, delivered: 180, unknown: 20 }
  ].map((recent) => sumOf(outcomeTerms({ ...noOutcomes, day: recent, week: recent })))

  assert.equal(typingError, 0)
  assert.ok((list ?? 0) > 1)
})

test('whoever always has many unknown recipients has no more today than usual', () => {
  const recent = { ...none, delivered: 80, unknown: 20 }
  const usual = { ...none, delivered: 4_000, unknown: 900 }

  assert.deepEqual(outcomeTerms({ day: recent, week: recent, usual }), [])
})

test('the complaints that a newsletter has to expect say nothing', () => {
  const week = { ...none, delivered: 5_000, complained: 9 }

  assert.deepEqual(outcomeTerms({ day: week, week, usual: none }), [])
})

test('a confirmed body outweighs all other evidence of campaigns', () => {
  const flood = { ...nothing, sameBodyWeight: 1e3, sameBodyStopped: 1e3 }
  assert.ok(sumOf(campaignTerms({ ...nothing, bodyMark: 'bad' })) > sumOf(campaignTerms(flood)))
})
