import type { Metrics } from '../../../telemetry/metrics.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import { failureOf, type CalloutAnswer } from '../asking/callout-answer.ts'
import type { CalloutRequest } from '../asking/callout-request.ts'
import type { ChooseClient } from '../asking/client-profile.ts'

/** A message that was sent to be scored. */
export type Arrived =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  /** More than we read: only its envelope is judged. */
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  /** Too much is being received at once. */
  | { readonly kind: 'no-room' }

export interface AnswerToOptions {
  readonly ask: AskCallout
  readonly chooseClient: ChooseClient
  readonly metrics: Pick<Metrics, 'count'>
}

/** Asks about what arrived; what there was no room for gets the answer that its client's profile has for such times. */
export async function answerTo(
  envelope: Omit<CalloutRequest, 'raw' | 'sizeBytes'>,
  message: Arrived,
  { ask, chooseClient, metrics }: AnswerToOptions
): Promise<CalloutAnswer> {
  switch (message.kind) {
    case 'whole':
      return await ask({ ...envelope, raw: message.bytes, sizeBytes: message.bytes.length })
    case 'too-large':
      return await ask({ ...envelope, raw: null, sizeBytes: message.sizeBytes })
    case 'no-room': {
      const answer = failureOf('overloaded', chooseClient(envelope))
      const { profile, disposition } = answer
      metrics.count('sluice_callouts_total', { client: profile.name, disposition })
      return answer
    }
  }
}
