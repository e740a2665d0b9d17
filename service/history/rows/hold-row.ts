import type { HoldRecord } from '../../queue/records/queued-message.ts'
import type { HistoryEntry } from './history-entry.ts'
import { defineRow, f64, text, texts, time } from './row-definition.ts'

/** One step of a hold. */
export interface HoldFacts {
  readonly holdId: string
  readonly verdictId: string
  readonly submissionId: string
  /** Keyed hash. */
  readonly sender: string
  /** Epoch ms. */
  readonly at: number
  /** `hardened`: a soft hold that its second look did not end. */
  readonly event: 'held' | 'hardened' | 'released' | 'rejected' | 'expired'
  readonly hold: HoldRecord
}

export function toHoldEntry(facts: HoldFacts): HistoryEntry {
  return holdRow.toEntry(facts.sender, [facts])
}

/** As migration 0004 names them. */
export const holdRow = defineRow<HoldFacts>('holds', {
  hold_id: text((step) => step.holdId),
  verdict_id: text((step) => step.verdictId),
  submission_id: text((step) => step.submissionId),
  sender: text((step) => step.sender),
  at: time((step) => step.at),
  event: text((step) => step.event),
  kind: text((step) => (step.hold.isSoft === true ? 'soft' : 'hard')),
  risk: f64((step) => step.hold.risk),
  reasons: texts((step) => step.hold.reasons),
  decided_by: text((step) => step.hold.decision?.by ?? '')
})
