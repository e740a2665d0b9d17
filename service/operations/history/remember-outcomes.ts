import type { QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import { countOutcomes } from '../../senders/outcome-kind.ts'
import type { OutcomeMemory } from '../../senders/outcome-memory.ts'
import type { SenderStore } from '../../senders/sender-store.ts'

export interface RememberOutcomesOptions {
  readonly senders: Pick<SenderStore, 'keyOf'>
  readonly outcomes: Pick<OutcomeMemory, 'record'>
  readonly ledger: Pick<ContainmentLedger, 'note'>
  readonly clock: () => number
}

/**
 * What became of a message's recipients, as evidence about its sender, in the transaction that settles them. Reports of our own have no
 * sender; an identity that only MAIL FROM claims gets no evidence: anyone could provoke bounces in a stranger's name.
 */
export function createRememberOutcomes({ senders, outcomes, ledger, clock }: RememberOutcomesOptions) {
  return function rememberOutcomes(message: QueuedMessage, settled: readonly RecipientOutcome[]): void {
    const { senderId, verdictId, origin } = message
    if (senderId === '' || (origin.auth === null && origin.sender === null)) return
    const counts = countOutcomes(settled)
    if (counts === null) return
    const sender = senders.keyOf(senderId)
    const at = clock()
    outcomes.record(sender, at, counts)
    if ((counts.unknown ?? 0) > 0) ledger.note(sender, 'unknown-user', at, verdictId)
    if ((counts.refused ?? 0) > 0) ledger.note(sender, 'spam-refused', at, verdictId)
  }
}
