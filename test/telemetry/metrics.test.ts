import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../service/telemetry/metrics.ts'

test('counts, times and gauges are rendered in the Prometheus text format', async () => {
  const metrics = createMetrics()
  let queued = 0
  metrics.gauge('sluice_queue_messages', () => queued)
  metrics.count('sluice_verdicts_total', { verdict: 'hold' })
  metrics.count('sluice_verdicts_total', { verdict: 'hold' })
  metrics.observeSeconds('sluice_scoring_seconds', 0.003)
  queued = 7

  const text = await metrics.render()

  assert.match(text, /^sluice_verdicts_total\{verdict="hold"\} 2$/mu)
  assert.match(text, /^sluice_scoring_seconds_bucket\{le="0.005"\} 1$/mu)
  assert.match(text, /^sluice_queue_messages 7$/mu)
})

test('a gauge that is given anew is read from the new one', async () => {
  const metrics = createMetrics()
  metrics.gauge('sluice_hold_threshold', () => 1)
  metrics.gauge('sluice_hold_threshold', () => 2)
  assert.match(await metrics.render(), /^sluice_hold_threshold 2$/mu)
})
