import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import type { Cause } from './languages/notice-language.ts'

/** The Action field (RFC 3464 section 2.3.3). `relayed`: handed to a host that promises no report of its own. */
export type ReportAction = 'failed' | 'delayed' | 'delivered' | 'relayed'

/** One recipient in a report. */
export interface ReportedRecipient {
  readonly address: string
  readonly action: ReportAction
  readonly status: EnhancedStatus
  /** What the other host said, or our own reason. */
  readonly reply: string
  /** The host that said it, null if we did. */
  readonly mx: string | null
}

/** What the status means for people (RFC 3463). */
export function causeOf({ status, mx }: Pick<ReportedRecipient, 'status' | 'mx'>): Cause {
  const known = causes[status.slice(status.indexOf('.') + 1)]
  if (known !== undefined) return known
  if (status.slice(2, 4) === '7.') return mx === null ? 'held' : 'refused'
  return status.slice(2, 4) === '4.' ? 'not-reached' : 'other'
}

/** By subject and detail. */
const causes: Readonly<Record<string, Cause>> = {
  '1.0': 'address-unknown',
  '1.1': 'address-unknown',
  '1.3': 'address-unknown',
  '1.6': 'address-unknown',
  '2.1': 'address-unknown',
  '1.2': 'domain-unknown',
  '1.10': 'domain-unknown',
  '4.4': 'domain-unknown',
  '2.2': 'mailbox-full',
  '2.3': 'too-large',
  '3.4': 'too-large',
  '4.7': 'expired',
  '6.7': 'characters',
  '6.9': 'characters',
  '7.10': 'insecure',
  '7.30': 'insecure'
}
