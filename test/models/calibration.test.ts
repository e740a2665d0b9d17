import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrate } from '../../service/models/calibration.ts'

test('a raw logit that says nothing becomes the prior', () => {
  const logit = calibrate(0, { method: 'platt', slope: 1.3, intercept: 0, prior: 0.001 })
  assert.ok(Math.abs(1 / (1 + Math.exp(-logit)) - 0.001) < 1e-12)
})
