import type { Concluded } from '../../service/scoring/scoring-ports.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'

/** Inside a transaction: every few rounds, what operators, owners and imports do to habits. `concluded`: so far, in order. */
export function changeHabits(
  senders: SenderStore,
  concluded: readonly Concluded[],
  round: number,
  now: number
): void {
  const latest = concluded.at(-1)
  const earlier = concluded.at(-9)
  if (latest === undefined || earlier === undefined) return
  if (round % 7 === 2) senders.unlearn(earlier.record.sender, [earlier.submission.id])
  if (round % 7 === 4) senders.confirm(latest.record.sender, [latest.submission.id])
  if (round % 23 === 11) senders.rewind(latest.record.sender, now - 86_400_000)
  for (const one of concluded.slice(-8)) if (one.decision.judged !== 'allow') release(senders, one)
}

function release(senders: SenderStore, { record, submission, observation }: Concluded): void {
  if (observation === null || senders.confirm(record.sender, [submission.id]) > 0) return
  senders.learn(record.sender, submission.id, observation, { confirmed: true })
}
