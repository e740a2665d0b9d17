import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { processCpuMs, processRssMiB } from '../process-cpu.ts'

export interface MeasuredRun {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Most of the process, its threads and its ClickHouse together. */
  readonly peakMiB: number
  readonly steps: Readonly<Record<string, number>>
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number | null>>>>
}

const sampleMs = 250
const limitMs = 3_600_000

/** In a process of its own; memory is sampled four times a second. Rejects where it fails or takes an hour. */
export function measureRun(flags: readonly string[]): Promise<MeasuredRun> {
  const from = performance.now()
  const child = fork(fileURLToPath(new URL('timed-run.ts', import.meta.url)), flags, { timeout: limitMs })
  const pid = child.pid ?? 0
  let peakMiB = 0
  let cpuMs = 0
  const sampling = setInterval(() => {
    peakMiB = Math.max(peakMiB, processRssMiB(pid))
    cpuMs = Math.max(cpuMs, processCpuMs(pid))
  }, sampleMs)
  return new Promise((resolve, reject) => {
    let answer: Pick<MeasuredRun, 'steps' | 'metrics'> | null = null
    child.once('message', (message) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- from timed-run.ts
      answer = message as Pick<MeasuredRun, 'steps' | 'metrics'>
    })
    child.once('exit', (code) => {
      clearInterval(sampling)
      const seconds = (performance.now() - from) / 1_000
      if (code === 0 && answer !== null) resolve({ ...answer, seconds, cpuSeconds: cpuMs / 1_000, peakMiB })
      else reject(new Error(`the training run ended with code ${code}`))
    })
  })
}
