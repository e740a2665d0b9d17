import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { SenderKey } from '../../senders/sender-store.ts'

/** Whether what was said of a message, as far as it counts, speaks against it: then only a person lets it go. */
export function isAccused(
  records: Pick<FeedbackRecords, 'standing'>,
  sender: SenderKey,
  verdictId: string
): boolean {
  const said = records.standing(sender, verdictId)
  return said !== undefined && said.label !== 'legitimate'
}
