import type { RecipientState } from '../../queue/records/queued-message.ts'
import type { HistoryEntry } from './history-entry.ts'
import { defineRow, f64, text, time, u32 } from './row-definition.ts'

/** What became of one recipient in one step. */
export interface DeliveryFacts {
  readonly queueId: string
  readonly submissionId: string
  /** Keyed hash, as all who are named here. */
  readonly sender: string
  readonly recipient: string
  readonly recipientDomain: string
  /** Epoch ms. */
  readonly at: number
  readonly outcome: 'accepted' | 'deferred' | Exclude<RecipientState, 'pending'>
  /** From 1; 0: before the first. */
  readonly attempt: number
  /** Without anybody's address; '' for none. */
  readonly reply: string
  /** Enhanced status code (RFC 3463); '' for none. */
  readonly status: string
  readonly route: string
  /** Host that answered; '' for none. */
  readonly mx: string
  readonly durationMs: number
}

/** Of one sender. */
export function toDeliveryEntry(sender: string, recipients: readonly DeliveryFacts[]): HistoryEntry {
  return deliveryRow.toEntry(sender, recipients)
}

/** As migration 0002 names them. */
export const deliveryRow = defineRow<DeliveryFacts>('deliveries', {
  queue_id: text((one) => one.queueId),
  submission_id: text((one) => one.submissionId),
  at: time((one) => one.at),
  sender: text((one) => one.sender),
  recipient: text((one) => one.recipient),
  recipient_domain: text((one) => one.recipientDomain),
  outcome: text((one) => one.outcome),
  attempt: u32((one) => one.attempt),
  reply: text((one) => one.reply),
  status: text((one) => one.status),
  route: text((one) => one.route),
  mx: text((one) => one.mx),
  duration_ms: f64((one) => one.durationMs)
})
