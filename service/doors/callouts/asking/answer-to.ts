import type { AskCallout } from './ask-callout.ts'
import type { CalloutAnswer } from './callout-answer.ts'
import type { Envelope } from '../rspamd/reading/to-question.ts'

/** A message that was sent to be scored. */
export type Arrived =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  /** More than we read: only its envelope is judged. */
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  /** Too much is being received at once. */
  | { readonly kind: 'no-room' }

export interface AnswerToOptions {
  readonly ask: AskCallout
}

/** Asks about what arrived. */
export async function answerTo(
  envelope: Envelope,
  message: Arrived,
  { ask }: AnswerToOptions
): Promise<CalloutAnswer> {
  switch (message.kind) {
    case 'whole':
      return await ask({ ...envelope, raw: message.bytes, sizeBytes: message.bytes.length })
    case 'too-large':
      return await ask({ ...envelope, raw: null, sizeBytes: message.sizeBytes })
    case 'no-room':
      return await ask({ ...envelope, raw: null, sizeBytes: 0, isUnread: true })
  }
}
