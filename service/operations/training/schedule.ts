import type { Logger } from '../../telemetry/logger.ts'
import type { RunRecords } from './run-records.ts'
import { lastSlot, periodMs, type Rhythm } from './slots.ts'

export interface Job {
  readonly name: string
  readonly rhythm: Rhythm
  /** Time of day in UTC: `03:00`. */
  readonly at: string
  /** Says itself what came of it. Never rejects for reasons of its own. */
  readonly run: (slot: number) => Promise<void>
}

export interface ScheduleOptions {
  readonly jobs: readonly Job[]
  readonly records: Pick<RunRecords, 'slot' | 'setSlot'>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  /** Ends what is under way: it then counts as interrupted. */
  readonly signal: AbortSignal
  readonly log: Logger
  readonly pollMs?: number
}

export interface Schedule {
  /** Does what is due now; after what is under way. */
  tick(): Promise<void>
  /** Begins nothing more, and waits for what is under way. */
  close(): Promise<void>
}

const defaultPollMs = 30_000

/**
 * Jobs at their time, one after another. A slot is taken on disk before its job begins: a restart never begins it again, and says that it was interrupted. One
 * that passed while the service was down is caught up for half a period; what was due before the first start is not.
 */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { jobs, records, accept, clock, signal, log, pollMs = defaultPollMs } = options
  let isClosed = false
  let round = begin()
  const tick = (): Promise<void> => {
    round = round.then(runDue).catch((error: unknown) => log.error('schedule.failed', { error }))
    return round
  }
  const timer = setInterval(() => void tick(), pollMs)
  timer.unref()

  return {
    tick,
    async close() {
      isClosed = true
      clearInterval(timer)
      await round
    }
  }

  async function begin(): Promise<void> {
    const now = clock()
    for (const { name, rhythm, at } of jobs) {
      const last = records.slot(name)
      if (last?.state === 'running') log.warn('schedule.interrupted', { job: name, slot: timeOf(last.slot) })
      const slot = last?.slot ?? lastSlot(rhythm, at, now)
      await accept(() => records.setSlot(name, { slot, state: 'done' }))
    }
  }

  async function runDue(): Promise<void> {
    for (const job of jobs) {
      const slot = dueSlot(job)
      if (slot === null || isClosed || signal.aborted) continue
      const { name } = job
      await accept(() => records.setSlot(name, { slot, state: 'running' }))
      log.info('schedule.begun', { job: name, slot: timeOf(slot) })
      await job.run(slot)
      // Left as it is, the next start says that it was interrupted
      if (signal.aborted) return
      await accept(() => records.setSlot(name, { slot, state: 'done' }))
    }
  }

  function dueSlot({ name, rhythm, at }: Job): number | null {
    const now = clock()
    const slot = lastSlot(rhythm, at, now)
    const isTaken = slot <= (records.slot(name)?.slot ?? slot)
    return isTaken || now - slot > periodMs[rhythm] / 2 ? null : slot
  }
}

function timeOf(slot: number): string {
  return new Date(slot).toISOString()
}
