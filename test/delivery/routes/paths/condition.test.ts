import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import {
  advance,
  isProbeDue,
  newPath,
  type Path
} from '../../../../service/delivery/routes/paths/condition.ts'
import { expectedMs, type Sample } from '../../../../service/delivery/routes/paths/measure.ts'
import { tellTrouble } from '../../../../service/delivery/routes/paths/told.ts'
import { defaultPathRules as rules } from '../../../../service/delivery/routes/steering.ts'

const start = Date.UTC(2026, 10, 22)

/** 900 kB/s, and 50 ms for what does not depend on size. */
const usual = (bytes: number): Sample => carried(bytes, 50 + bytes / 900)
const slow = (bytes: number): Sample => carried(bytes, 50 + bytes / 12)

test('a way that carries messages at a seventy-fifth of its usual pace turns bad within three, and says so', () => {
  let path = after(known(), [slow(400_000)])
  assert.equal(path.condition.kind, 'good')
  path = after(path, [slow(400_000), slow(400_000)])
  assert.equal(path.condition.kind, 'bad')
  assert.match(tellTrouble('slow', path, 'example.jp'), /^1\d kB\/s to example\.jp, usual [78]\d\d kB\/s$/u)
})

test('large messages take longer, and that is nothing bad', () => {
  const path = after(
    known(),
    Array.from({ length: 50 }, () => usual(20_000_000))
  )
  assert.equal(path.condition.kind, 'good')
})

test('nobody is slow below the patience, however quick it usually is', () => {
  const quick = after(
    newPath(start, rules),
    Array.from({ length: 50 }, () => carried(5_000, 3))
  )
  assert.equal(
    after(
      quick,
      Array.from({ length: 50 }, () => carried(5_000, 1_900))
    ).condition.kind,
    'good'
  )
})

test('three refused connections in a row, or two broken transactions, turn a way bad; one does not', () => {
  for (const [sample, count] of [
    [{ kind: 'unreached' }, 3],
    [{ kind: 'stalled' }, 2]
  ] as const) {
    assert.equal(
      after(
        known(),
        Array.from({ length: count - 1 }, () => sample)
      ).condition.kind,
      'good'
    )
    assert.equal(
      after(
        known(),
        Array.from({ length: count }, () => sample)
      ).condition.kind,
      'bad'
    )
  }
})

test('greylisting of strangers is usual somewhere, sudden deferral of everything is not', () => {
  const deferred = { ...carried(5_000, 60), deferred: true }
  assert.equal(after(newPath(start, rules), [deferred, deferred, deferred, deferred]).condition.kind, 'good')
  const sudden = after(
    known(),
    Array.from({ length: 20 }, () => deferred)
  )
  assert.equal(sudden.condition.kind === 'bad' && sudden.condition.cause, 'deferring')
})

test('what was under way when a way turned bad decides nothing; only a probe does', () => {
  const bad = after(known(), [{ kind: 'stalled' }, { kind: 'stalled' }])
  assert.equal(after(bad, [usual(5_000), usual(5_000)]).condition.kind, 'bad')
  assert.equal(advance(bad, usual(5_000), true, start, rules).condition.kind, 'returning')
})

test('each failed probe is followed by twice the time, up to the most', () => {
  let path = after(known(), [{ kind: 'stalled' }, { kind: 'stalled' }])
  const waits = Array.from({ length: 8 }, () => {
    path = advance(path, { kind: 'stalled' }, true, start, rules)
    return path.condition.kind === 'bad' ? (path.condition.probeAt - start) / 60_000 : 0
  })
  assert.deepEqual(waits, [2, 4, 8, 16, 30, 30, 30, 30])
  assert.ok(!isProbeDue(path, start, rules))
  assert.ok(isProbeDue(path, start + rules.maxProbeMs, rules))
  assert.ok(isProbeDue(path, start - 100 * rules.maxProbeMs, rules), 'a clock that was set back')
})

test('a way that comes back gets more and more, and loses all at the first failure', () => {
  let path = advance(
    after(known(), [{ kind: 'stalled' }, { kind: 'stalled' }]),
    usual(5_000),
    true,
    start,
    rules
  )
  const shares: number[] = []
  while (path.condition.kind === 'returning') {
    if (shares.at(-1) !== path.condition.share) shares.push(path.condition.share)
    path = after(path, [usual(5_000)])
  }
  assert.deepEqual(shares, [0.1, 0.2, 0.4, 0.8])
  assert.equal(path.condition.kind, 'good')
  const returning = advance(
    after(known(), [{ kind: 'stalled' }, { kind: 'stalled' }]),
    usual(5_000),
    true,
    start,
    rules
  )
  const again = after(returning, [slow(4_000_000)])
  assert.equal(again.condition.kind, 'bad')
  assert.equal(again.backoffMs, 2 * rules.firstProbeMs)
})

test('a greeting brings back only what was not reached', () => {
  const gone = after(known(), [{ kind: 'unreached' }, { kind: 'unreached' }, { kind: 'unreached' }])
  const stuck = after(known(), [{ kind: 'stalled' }, { kind: 'stalled' }])
  assert.equal(advance(gone, { kind: 'answered' }, true, start, rules).condition.kind, 'returning')
  assert.equal(advance(stuck, { kind: 'answered' }, true, start, rules).condition.kind, 'bad')
})

test('whatever happens, numbers stay numbers, and shares between 0 and 1', () => {
  const sample: fc.Arbitrary<Sample> = fc.oneof(
    fc.constantFrom<Sample>({ kind: 'unreached' }, { kind: 'stalled' }, { kind: 'answered' }),
    fc.record({
      kind: fc.constant('carried' as const),
      bytes: fc.nat(50_000_000),
      ms: fc.nat(600_000),
      connectMs: fc.option(fc.nat(60_000)),
      deferred: fc.boolean()
    })
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(sample, fc.boolean(), fc.nat(100_000)), { maxLength: 80 }), (steps) => {
      let path = newPath(start, rules)
      let now = start
      for (const [one, isProbe, later] of steps) {
        now += later
        path = advance(path, one, isProbe, now, rules)
        const { measure, condition, backoffMs } = path
        for (const value of Object.values(measure)) assert.ok(value === null || Number.isFinite(value))
        for (const share of [measure.unreached, measure.stalled, measure.deferred])
          assert.ok(share >= 0 && share <= 1)
        assert.ok(expectedMs(measure, 5_000, rules) >= rules.patienceMs)
        assert.ok(backoffMs >= rules.firstProbeMs && backoffMs <= rules.maxProbeMs)
        if (condition.kind === 'returning') assert.ok(condition.share > 0 && condition.share < 1)
      }
    })
  )
})

function known(): Path {
  return after(
    newPath(start, rules),
    [5_000, 80_000, 20_000, 1_000_000, 400_000, 5_000, 30_000, 250_000].map(usual)
  )
}

function after(path: Path, samples: readonly Sample[]): Path {
  return samples.reduce((so, sample) => advance(so, sample, false, start, rules), path)
}

function carried(bytes: number, ms: number): Extract<Sample, { kind: 'carried' }> {
  return { kind: 'carried', bytes, ms, connectMs: null, deferred: false }
}
