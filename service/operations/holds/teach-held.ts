import type { LearnOptions, SenderKey, SenderStore } from '../../senders/sender-store.ts'

type Observation = Parameters<SenderStore['learn']>[2]

/**
 * Inside the transaction that releases a message: its sender's profile learns what it showed, once. Whoever vouched for it while it was
 * held has taught it already.
 */
export function teachHeld(
  senders: Pick<SenderStore, 'confirm' | 'learn'>,
  sender: SenderKey,
  submissionId: string,
  observation: Observation | null,
  options: LearnOptions = {}
): void {
  if (observation === null || senders.confirm(sender, [submissionId]) > 0) return
  senders.learn(sender, submissionId, observation, options)
}
