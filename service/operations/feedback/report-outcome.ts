import type { SignedRecipient } from '../../message/world-report.ts'

/** Mail to a signed address, as it came. */
export interface ReceivedReport {
  readonly about: SignedRecipient
  /** null: `<>`, as reports have it. */
  readonly mailFrom: string | null
  readonly raw: Uint8Array
}

/** What became of a report. Whatever is `taken` or `repeated` is on disk. */
export type ReportOutcome =
  | { readonly kind: 'taken' }
  /** It had come before: nothing was done. */
  | { readonly kind: 'repeated' }
  /** The message is still under way to this recipient, as far as we know: to be told again later. */
  | { readonly kind: 'too-early' }
  /** Properly signed, but nothing is known of the message any more. */
  | { readonly kind: 'unknown-message' }
  | { readonly kind: 'not-a-report' }
  /** More than this reporter, or this sender, can have said in an hour. */
  | { readonly kind: 'too-many' }
  | { readonly kind: 'loop' }

/** How it stands in the story of the message, where attempts name their route. */
export const feedbackRoute = 'feedback'
