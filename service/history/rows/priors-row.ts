import type { PriorStep } from '../../senders/priors/prior-steps.ts'
import type { HistoryEntry } from './history-entry.ts'
import { bool, defineRow, f64, text, time, u32, u32s, u64 } from './row-definition.ts'

interface PriorFacts extends PriorStep {
  /** Tells the rows of one version apart. */
  readonly part: number
  /** Epoch ms. */
  readonly at: number
}

/** About no sender in particular. */
export function toPriorsEntry(step: PriorFacts): HistoryEntry {
  return priorsRow.toEntry('', [step])
}

/** As migration 0008 names them. */
export const priorsRow = defineRow<PriorFacts>('priors', {
  kind: text((step) => step.kind),
  version: u64((step) => step.version),
  part: u32((step) => step.part),
  at: time((step) => step.at),
  whole: bool((step) => step.isWhole),
  coverage: f64((step) => step.coverage),
  keys: u32s((step) => step.keys),
  counts: u32s((step) => step.counts)
})
