import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alreadyHeard, fuseRisk, probabilityOf } from '../../service/verdict/fuse-risk.ts'

const logitOf = (p: number): number => Math.log(p / (1 - p))

for (const [takeover, spam] of [
  [0.001, 0.001],
  [0.2, 0.7],
  [0.5, 1e-9],
  [0.999, 0.9]
] as const) {
  test(`the fused probability of ${takeover} and ${spam} is their noisy-or, content counting less`, () => {
    const fused = probabilityOf(fuseRisk(logitOf(takeover), logitOf(spam)))
    const rest = probabilityOf(logitOf(spam) - alreadyHeard)
    assert.ok(Math.abs(fused - (1 - (1 - takeover) * (1 - rest))) < 1e-12)
  })
}

test('a model that is missing leaves the other alone', () => {
  assert.equal(fuseRisk(-3, null), -3)
  assert.equal(fuseRisk(null, 1.5), 1.5)
  assert.equal(fuseRisk(null, null), -Infinity)
})

test('extreme log-odds stay finite and ordered', () => {
  assert.ok(fuseRisk(800, 800) > fuseRisk(800, -800))
  assert.equal(fuseRisk(800, -800), 800)
  assert.ok(Number.isFinite(fuseRisk(-800, -800)))
})
