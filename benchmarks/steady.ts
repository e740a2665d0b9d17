import type { LoadResult } from './load.ts'
import { processCpuMs } from './process-cpu.ts'

export interface Steady {
  readonly last: LoadResult
  /** Processor milliseconds a request of the process that is measured. */
  readonly cpuMs: number
}

/**
 * Rounds over the whole corpus until the processor time of one differs from the round before by less than 3 %: compiled code and
 * caches are what a service that runs for weeks has. The last round counts; every peer gets the same treatment.
 */
export async function steady(pid: number, run: () => Promise<LoadResult>, maxRounds = 6): Promise<Steady> {
  let before = Number.POSITIVE_INFINITY
  for (let round = 1; ; round++) {
    const started = processCpuMs(pid)
    const last = await run()
    const cpuMs = (processCpuMs(pid) - started) / last.requests
    if (round >= maxRounds || Math.abs(cpuMs - before) < 0.03 * before) return { last, cpuMs }
    before = cpuMs
  }
}
