import type { Kept, ScoreOutcome, ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import type { Storage } from '../../service/storage/storage.ts'
import type { Verdict } from '../../service/verdict/verdict.ts'

/** What the scorer says of every message. */
export type FixedAnswer = Verdict['verdict'] | 'overloaded' | 'storage-full' | 'broken'

/** A scorer with one answer, which commits what the door keeps as the real one does. */
export function fixedScore(answer: FixedAnswer): (storage: Storage) => ScoreSubmission {
  return (storage) =>
    async (submission, alongside): Promise<ScoreOutcome> => {
      if (answer === 'overloaded') return { kind: 'overloaded', retryAfterMs: 1_000 }
      if (answer === 'storage-full') throw Object.assign(new Error('no space'), { code: 'STORAGE_FULL' })
      if (answer === 'broken') throw new Error('a bug')
      const verdict = verdictOf(
        answer,
        submission.auth?.user ?? submission.sender ?? submission.envelope.mailFrom ?? ''
      )
      const kept: Kept = (await storage.transaction(() => alongside?.({ verdict, headline: null }))) ?? {
        holdId: null
      }
      return { kind: 'scored', verdict: { ...verdict, ...kept }, headline: null }
    }
}

export function verdictOf(verdict: Verdict['verdict'], sender: string): Verdict {
  return {
    id: 'verdict-1',
    verdict,
    risk: verdict === 'allow' ? 0.001 : 0.9,
    priority: { label: 'normal', mtPriority: 0, confidence: 1 },
    scores: { takeover: null, spam: null },
    score: 0,
    requiredScore: 15,
    sender: { id: sender, strength: 'authenticated', messagesSeen: 0, containment: 'normal' },
    reasons: [],
    models: { takeover: null, content: null, priority: null },
    thresholds: { hold: 0.4, block: 0.97 },
    hold: null,
    limits: { remainingToday: 1 },
    submissionId: null,
    holdId: null,
    duplicate: false,
    degraded: false,
    durationMs: 1
  }
}
