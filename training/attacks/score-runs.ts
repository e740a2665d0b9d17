import type { BacktestAnswer } from '../backtest/backtest.ts'

/** Of intruders' runs, the share that was stopped at this message at the latest. */
export interface RunRecall {
  readonly message: number
  readonly runs: number
  /** Held or blocked by the thresholds in force. */
  readonly stopped: number
  /** Above each of the thresholds given. */
  readonly above: readonly number[]
}

/** Messages of a run after which recall is told. */
const told = [1, 3, 10] as const

export interface RunSheet {
  add(answer: BacktestAnswer): void
  recall(thresholds: readonly number[]): readonly RunRecall[]
}

/** Follows `run/…` lines: one run a sender, in order. */
export function createRunSheet(): RunSheet {
  const runs = new Map<string, { readonly risk: number; readonly isStopped: boolean }[]>()
  return {
    add({ label, sender, risk, verdict }) {
      if (label?.startsWith('run/') !== true) return
      const run = runs.get(sender.id) ?? []
      run.push({ risk, isStopped: verdict !== 'allow' })
      runs.set(sender.id, run)
    },
    recall: (thresholds) =>
      told.map((message) => {
        const first = [...runs.values()].map((run) => run.slice(0, message))
        const share = (is: (one: { risk: number; isStopped: boolean }) => boolean): number =>
          first.filter((run) => run.some(is)).length / Math.max(1, first.length)
        return {
          message,
          runs: first.length,
          stopped: share(({ isStopped }) => isStopped),
          above: thresholds.map((threshold) => share(({ risk }) => risk > threshold))
        }
      })
  }
}
