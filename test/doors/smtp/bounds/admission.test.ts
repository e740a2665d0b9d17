import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { createAdmissionControl } from '../../../../service/doors/smtp/bounds/admission.ts'
import { createPressureGauge, type Pressure } from '../../../../service/doors/smtp/bounds/pressure.ts'

const control = createAdmissionControl({
  maxEventLoopLagMs: 100,
  maxScoringPending: 10,
  minFreeDiskBytes: 1_000,
  maxMemoryBytes: 5_000
})
const calm: Pressure = { eventLoopLagMs: 100, scoringPending: 10, freeDiskBytes: 1_000, memoryBytes: 5_000 }

const cases: readonly (readonly [Partial<Pressure>, string, number | null, number])[] = [
  [{ eventLoopLagMs: 101 }, 'event-loop', 421, 451],
  [{ scoringPending: 11 }, 'scoring', 421, 451],
  [{ memoryBytes: 5_001 }, 'memory', 421, 451],
  // Whoever has no message yet may come in: it is the message that takes the room
  [{ freeDiskBytes: 999 }, 'disk', null, 452]
]

test('at its bounds the service still takes work', () => {
  assert.equal(control.atConnect(calm), null)
  assert.equal(control.atMessage({ ...calm, freeDiskBytes: null }), null)
})

test('beyond a bound, connections get 421 and messages 451 or 452', () => {
  for (const [more, cause, atConnect, atMessage] of cases) {
    const pressure = { ...calm, ...more }
    assert.equal(control.atConnect(pressure)?.reply.code ?? null, atConnect, cause)
    assert.deepEqual(
      [control.atMessage(pressure)?.cause, control.atMessage(pressure)?.reply.code],
      [cause, atMessage]
    )
  }
})

test('the pressure is measured where the data lies', async () => {
  const gauge = createPressureGauge({ directory: tmpdir(), scoringPending: () => 3 })
  while (gauge.read().freeDiskBytes === null) await new Promise(setImmediate)
  const { freeDiskBytes, memoryBytes, scoringPending, eventLoopLagMs } = gauge.read()
  gauge.close()
  assert.ok(freeDiskBytes !== null && freeDiskBytes > 0 && memoryBytes > 1_000_000)
  assert.equal(scoringPending, 3)
  assert.ok(eventLoopLagMs >= 0)
})
