import { isProven } from '../../message/sender-identity.ts'
import { createHash } from 'node:crypto'
import { isEvidence } from '../../message/containment-rule.ts'
import type { Submission } from '../../message/submission.ts'
import { showsOwnHabit } from '../../scoring/learn.ts'
import type { Concluded } from '../../scoring/scoring-ports.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import type { VerdictMemory } from '../../senders/verdict-memory.ts'

export interface RememberVerdictOptions {
  readonly memory: VerdictMemory
  readonly ledger: ContainmentLedger
}

/**
 * What a verdict leaves behind for later acts, in its own transaction: the way from its Message-ID, what a held message showed, and
 * what it says against its sender. An identity that nobody proved leaves no evidence: anyone could get a stranger contained. What is held and
 * comes to our SMTP door leaves all of this there.
 */
export function createRememberVerdict({ memory, ledger }: RememberVerdictOptions) {
  return function rememberVerdict(concluded: Concluded): void {
    const { submission, identity, decision, record } = concluded
    if (submission.onHold === 'rerouted' && decision.verdict === 'hold') return
    const observation = newlyShown(concluded)
    const counts = isProven(identity) && submission.learn !== 'never'
    const learnable =
      counts && decision.judged !== 'allow' && observation !== null && showsOwnHabit(observation)
    memory.note(record, learnable ? observation : null)
    if (!counts || decision.verdict === 'allow' || !isEvidence(decision.reasons.map(({ code }) => code)))
      return
    const kind = decision.verdict === 'hold' ? 'held' : 'blocked'
    ledger.note(record.sender, kind, record.at, record.id, digestOf(submission))
  }
}

/** An envelope that comes after what was asked before shows nothing more. */
function newlyShown({ earlier, observation }: Concluded): Concluded['observation'] {
  return earlier !== null && observation?.shows === 'envelope' ? null : observation
}

/** Of the bytes and the recipients. A client that was told to come again brings both as they were. */
function digestOf({ envelope, raw }: Submission): string {
  const digest = createHash('sha256').update(JSON.stringify(envelope.rcptTo)).update('\n').update(raw)
  return digest.digest('base64url').slice(0, 16)
}
