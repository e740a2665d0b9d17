import type { ContainmentStep } from '../../senders/containment-ledger.ts'
import type { HistoryEntry } from './history-entry.ts'
import { defineRow, text, time } from './row-definition.ts'

export function toContainmentEntry(step: ContainmentStep): HistoryEntry {
  return containmentRow.toEntry(step.sender, [step])
}

/** As migration 0005 names them. */
export const containmentRow = defineRow<ContainmentStep>('containment', {
  sender: text((step) => step.sender),
  at: time((step) => step.at),
  state: text((step) => step.to),
  before: text((step) => step.from),
  cause: text((step) => step.cause),
  ref: text((step) => step.ref)
})
