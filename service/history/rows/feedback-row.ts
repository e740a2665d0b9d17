import type { FeedbackRecord } from '../../senders/feedback-records.ts'
import type { HistoryEntry } from './history-entry.ts'
import { bool, defineRow, text, time } from './row-definition.ts'

/** Without the note and whose token it came with: they are for people. */
export function toFeedbackEntry(record: FeedbackRecord): HistoryEntry {
  return feedbackRow.toEntry(record.sender, [record])
}

/** As migration 0003 names them. */
export const feedbackRow = defineRow<FeedbackRecord>('feedback', {
  id: text((label) => label.id),
  verdict_id: text((label) => label.verdictId),
  submission_id: text((label) => label.submissionId),
  sender: text((label) => label.sender),
  at: time((label) => label.at),
  label: text((label) => label.label),
  source: text((label) => label.source),
  stands: bool((label) => label.stands)
})
