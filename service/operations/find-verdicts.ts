import type { Queue } from '../queue/queue.ts'
import type { Scored } from '../scoring/scoring-ports.ts'
import type { SenderStore, VerdictRecord } from '../senders/sender-store.ts'
import type { VerdictMemory } from '../senders/verdict-memory.ts'

/** Which message is meant. A Message-ID may have several verdicts: a client that tries again, a message split by its recipients. */
export type Subject =
  { readonly verdictId: string } | { readonly messageId: string } | { readonly holdId: string }

export interface FindVerdictsOptions {
  readonly queue: Pick<Queue, 'get'>
  readonly senders: Pick<SenderStore, 'verdict'>
  readonly memory: Pick<VerdictMemory, 'byMessageId'>
}

/** The verdicts on a message, newest first; none where it is not known (any more). */
export function findVerdicts(
  subject: Subject,
  { queue, senders, memory }: FindVerdictsOptions
): readonly VerdictRecord[] {
  return idsOf().flatMap((id) => senders.verdict(id) ?? [])

  function idsOf(): readonly string[] {
    if ('verdictId' in subject) return [subject.verdictId]
    if ('messageId' in subject) return memory.byMessageId(subject.messageId)
    const held = queue.get(subject.holdId)
    return held === undefined || held.hold === null ? [] : [held.verdictId]
  }
}

/** The verdict as it was given. */
export function givenVerdict({ answer }: VerdictRecord): Scored['verdict'] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only scoring writes these, and only verdicts
  return answer as Scored['verdict']
}
