import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asStored } from '../../../../training/history/as-stored.ts'
import { createDisagreement, type Compared } from '../../../../training/backtest/history/disagreement.ts'
import { servedThen, type ServedThen } from '../../../../training/backtest/history/served-then.ts'
import { observation } from '../../../profile/observations.ts'

const row = asStored(observation({}), { id: 'm1', habits: 0, habitsMade: 1 })
const served = (verdict: ServedThen['verdict'], risk = 0.001): ServedThen => ({
  verdict,
  risk,
  takeover: -7,
  spam: null,
  models: { takeover: 't', content: null },
  isByRule: false
})
const compared = (more: Partial<Compared>): Compared => ({
  verdictId: 'v1',
  label: 'unlabelled',
  truth: 'honest',
  served: served('allow'),
  tested: 'allow',
  riskTested: 0.001,
  ...more
})

test('imported mail was never judged; what a limit stopped was stopped by a rule, and what a model stopped was not', () => {
  assert.equal(servedThen({ ...row, caller: 'import' }), null)
  const byLimit = servedThen({ ...row, judged: 'hold', reasons: ['LIMIT_EXCEEDED'] })
  const byModel = servedThen({ ...row, judged: 'hold', reasons: ['RISK_ABOVE_HOLD'], risk_logit: 0 })
  assert.deepEqual([byLimit?.isByRule, byLimit?.risk], [true, null])
  assert.deepEqual([byModel?.isByRule, byModel?.risk], [false, 0.5])
  assert.equal(servedThen(row)?.isByRule, false)
})

test('pairs of verdicts are counted by what the messages were, rules and imports apart', () => {
  const disagreement = createDisagreement()
  disagreement.add(compared({}))
  disagreement.add(compared({ truth: 'bad', tested: 'hold', riskTested: 0.5 }))
  disagreement.add(compared({ served: null }))
  disagreement.add(compared({ served: { ...served('hold'), isByRule: true } }))
  const { cells, ...counts } = disagreement.summary()
  assert.deepEqual(
    { ...counts, examples: counts.examples.length },
    { compared: 2, same: 1, neverJudged: 1, stoppedByRule: 1, examples: 1 }
  )
  assert.deepEqual(cells, [
    { served: 'allow', tested: 'allow', honest: 1, bad: 0, unlabelled: 0 },
    { served: 'allow', tested: 'hold', honest: 0, bad: 1, unlabelled: 0 }
  ])
})

test('of those judged otherwise the ones whose risk moved most are kept, however many there are', () => {
  const disagreement = createDisagreement()
  for (let number = 0; number < 500; number += 1)
    disagreement.add(compared({ verdictId: `v${number}`, tested: 'hold', riskTested: number / 500 }))
  const { examples } = disagreement.summary()
  assert.deepEqual(
    examples.map(({ verdictId }) => verdictId),
    Array.from({ length: 20 }, (_, place) => `v${499 - place}`)
  )
})
