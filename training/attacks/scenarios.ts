import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import type { AttackCell } from './attack-cell.ts'
import type { BadTexts } from './bad-texts.ts'
import { simulateClientChanges } from './client-change.ts'
import { simulatePatience, simulateRuns } from './intruder-runs.ts'
import { simulateTakeovers, type Cast } from './simulate-takeovers.ts'

export interface ScenarioOptions {
  readonly seed: number
  readonly texts: BadTexts
  readonly attacksPerSender: number
  /** What the intruder of `runs` and `patience` sends. */
  readonly cell: AttackCell
}

/** Honest messages before the first attack. */
const warmUp = 20

/** What can be played on honest histories. */
export const scenarios = {
  takeovers: (cast, options) => simulateTakeovers(cast, { ...options, warmUp }),
  runs: (cast, options) => simulateRuns(cast, { ...options, warmUp }),
  patience: (cast, options) => simulatePatience(cast, { ...options, warmUp }),
  'client-change': (cast, options) => simulateClientChanges(cast, { ...options, warmUp })
} as const satisfies Record<string, (cast: Cast, options: ScenarioOptions) => AsyncIterable<BacktestLine>>

export type ScenarioName = keyof typeof scenarios
