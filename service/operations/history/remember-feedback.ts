import type { CampaignMemory } from '../../senders/campaigns/campaign-memory.ts'
import type { FeedbackRecord } from '../../senders/feedback-records.ts'
import type { OutcomeMemory } from '../../senders/outcome-memory.ts'
import type { VerdictRecord } from '../../senders/sender-store.ts'

export interface RememberFeedbackOptions {
  readonly campaigns: Pick<CampaignMemory, 'mark'>
  readonly outcomes: Pick<OutcomeMemory, 'record'>
}

/** Told of a label that stands. `proven`: the sender's identity was. */
export type OnActed = (verdict: VerdictRecord, record: FeedbackRecord, proven: boolean) => void

/**
 * What a label says of others' messages, inside its transaction. Only an operator's word makes a text a known campaign, which blocks, or
 * clears it; what recipients report counts among the outcomes of the sender, if the sender is `proven`.
 */
export function createRememberFeedback({ campaigns, outcomes }: RememberFeedbackOptions): OnActed {
  return function rememberFeedback({ fingerprint, sender }, { label, source, at }, proven) {
    const isBad = label !== 'legitimate'
    if (source === 'operator' && typeof fingerprint === 'string') {
      campaigns.mark(fingerprint, isBad ? 'bad' : 'good', at)
    }
    if (isBad && proven && (source === 'recipient' || source === 'fbl')) {
      outcomes.record(sender, at, { complained: 1 })
    }
  }
}
