import type { Submission } from '../../message/submission.ts'
import type { Concluded } from '../../scoring/scoring-ports.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import type { RoutedHolds } from '../../senders/routed-holds.ts'
import type { SenderStore } from '../../senders/sender-store.ts'

export interface RoutedHoldsOptions {
  readonly routed: RoutedHolds
  readonly senders: Pick<SenderStore, 'keyOf'>
  readonly resolveSender: ResolveSender
  readonly clock: () => number
}

export type RecallRouted = (submission: Submission, queueId: string | null) => Submission

interface Held {
  readonly submission: Pick<Submission, 'onHold' | 'requestId' | 'client' | 'shows'>
  readonly decision: Pick<Concluded['decision'], 'verdict'>
  readonly record: Pick<Concluded['record'], 'id' | 'sender' | 'at'>
}

/** Inside the transaction of a verdict: a mail server is told to hand us what it asked about. */
export function createRememberRouted({ routed }: Pick<RoutedHoldsOptions, 'routed'>) {
  return function rememberRouted({ submission, decision, record }: Held): void {
    const { onHold, requestId, client, shows } = submission
    if (onHold !== 'rerouted' || requestId === null || decision.verdict !== 'hold') return
    routed.note(record.sender, requestId, {
      verdictId: record.id,
      client,
      sawContent: shows !== 'envelope',
      at: record.at
    })
  }
}

/**
 * The message as it was when the mail server asked about it: at our door it comes from the mail server, whose address and name say nothing
 * of its sender. What was held with its content is held here; what was held by its envelope is read and judged anew. `queueId`: the mail server's, in the Received field that it put on top.
 */
export function createRecallRouted({
  routed,
  senders,
  resolveSender,
  clock
}: RoutedHoldsOptions): RecallRouted {
  return function recallRouted(submission: Submission, queueId: string | null): Submission {
    if (queueId === null) return submission
    const hold = routed.of(senders.keyOf(resolveSender(submission).id), queueId, clock())
    if (hold === undefined) return submission
    const { client, sawContent, verdictId } = hold
    return { ...submission, client, ...(sawContent && { heldBefore: verdictId }) }
  }
}
