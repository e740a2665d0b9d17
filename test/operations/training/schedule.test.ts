import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Storage } from '../../../service/storage/storage.ts'
import { createRunRecords } from '../../../service/operations/training/run-records.ts'
import { createSchedule, type Job } from '../../../service/operations/training/schedule.ts'
import { lastSlot, nextSlot } from '../../../service/operations/training/slots.ts'
import { recordingLogger } from '../../models/fixture-models.ts'
import { day, hour, minute } from '../../profile/observations.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

/** Wednesday. */
const noon = Date.UTC(2026, 10, 25, 12)
const dateOf = (at: number): string => new Date(at).toISOString()

test('a day’s slot is at its time of day, a week’s on Monday, in UTC', () => {
  assert.equal(dateOf(lastSlot('daily', '03:00', noon)), '2026-11-25T03:00:00.000Z')
  assert.equal(dateOf(lastSlot('daily', '12:00', noon)), '2026-11-25T12:00:00.000Z')
  assert.equal(dateOf(lastSlot('daily', '12:01', noon)), '2026-11-24T12:01:00.000Z')
  assert.equal(dateOf(lastSlot('weekly', '03:30', noon)), '2026-11-23T03:30:00.000Z')
  assert.equal(dateOf(nextSlot('weekly', '03:30', noon)), '2026-11-30T03:30:00.000Z')
})

interface Opened {
  readonly ran: string[]
  readonly events: ReturnType<typeof recordingLogger>['events']
  readonly later: (ms: number) => void
  readonly begin: (run?: Job['run']) => ReturnType<typeof createSchedule>
  readonly abort: () => void
}

async function open(t: TestContext, storage?: Storage): Promise<Opened> {
  const kept = storage ?? (await openTemporary(t))
  const ran: string[] = []
  const { log, events } = recordingLogger()
  const closing = new AbortController()
  let now = noon
  return {
    ran,
    events,
    later: (ms) => (now += ms),
    abort: () => closing.abort(),
    begin: (run = async (slot) => void ran.push(dateOf(slot).slice(0, 'yyyy-mm-ddThh'.length))) =>
      createSchedule({
        jobs: [{ name: 'train', rhythm: 'daily', at: '03:00', run }],
        records: createRunRecords(kept),
        accept: (act) => kept.transaction(act),
        clock: () => now,
        signal: closing.signal,
        log,
        pollMs: day
      })
  }
}

test('what was due before the first start is not caught up; the next slot is taken once', async (t) => {
  const { ran, later, begin } = await open(t)
  const schedule = begin()
  await schedule.tick()
  later(15 * hour)
  await Promise.all([schedule.tick(), schedule.tick()])
  await schedule.close()
  assert.deepEqual(ran, ['2026-11-26T03'])
})

test('a slot that passed while the service was down is caught up within half its period, once over restarts', async (t) => {
  const { ran, later, begin } = await open(t)
  await begin().close()
  later(day)
  for (const _ of [1, 2]) {
    const schedule = begin()
    await schedule.tick()
    await schedule.close()
  }
  assert.deepEqual(ran, ['2026-11-26T03'])
  later(4 * hour)
  later(day)
  const late = begin()
  await late.tick()
  await late.close()
  assert.deepEqual(ran, ['2026-11-26T03'])
})

test('a job that the end of the service cut off is told at the next start, and not begun again', async (t) => {
  const storage = await openTemporary(t)
  const first = await open(t, storage)
  const schedule = first.begin(async () => first.abort())
  first.later(16 * hour)
  await schedule.tick()
  await schedule.close()
  const second = await open(t, storage)
  second.later(16 * hour + minute)
  const again = second.begin()
  await again.tick()
  await again.close()
  assert.deepEqual(second.ran, [])
  assert.partialDeepStrictEqual(second.events, [
    { event: 'schedule.interrupted', facts: { job: 'train', slot: '2026-11-26T03:00:00.000Z' } }
  ])
})

test('a job that fails does not keep the next slot from being taken', async (t) => {
  const { ran, events, later, begin } = await open(t)
  const schedule = begin(async (slot) => {
    ran.push(dateOf(slot))
    if (ran.length === 1) throw new Error('ENOSPC')
  })
  later(16 * hour)
  await schedule.tick()
  later(day)
  await schedule.tick()
  await schedule.close()
  assert.deepEqual([ran.length, events.filter(({ event }) => event === 'schedule.failed').length], [2, 1])
})
