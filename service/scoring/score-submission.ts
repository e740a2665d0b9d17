import type { Background } from '../features/background.ts'
import type { ScoringModels } from '../models/model-ports.ts'
import { resolveSender } from '../senders/identity.ts'
import type { SenderStore } from '../senders/sender-store.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { thresholdsFor } from '../verdict/thresholds.ts'
import { createCommit, type Alongside } from './commit.ts'
import { createIdempotency, repeatableOf, type Repeatable } from './idempotency.ts'
import { createInvestigate, type Arrived } from './investigate.ts'
import { createJudge } from './judge.ts'
import type { Observer, ScoreOutcome, ScoreSubmission } from './scoring-ports.ts'
import { createSettle } from './settle.ts'

export interface ScoreSubmissionOptions {
  readonly observer: Observer
  readonly senders: SenderStore
  readonly models: ScoringModels
  readonly background: Background
  /** One durable transaction (`Storage.transaction`): synchronous writes of all rooms, on disk when it resolves. */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly policy: Policy
  readonly limits: Limits
  /** Epoch ms. */
  readonly clock: () => number
  readonly newId: () => string
  readonly metrics: Pick<Metrics, 'count' | 'observeSeconds' | 'gauge'>
  readonly log: Logger
  /** Submissions that may be in work or waiting; the next is refused as `overloaded`. */
  readonly maxPending: number
  /** Milliseconds from any origin, only forward. */
  readonly stopwatch?: () => number
}

/** What a refused caller is told to wait: about what it takes to work off a full house. */
const retryAfterMs = 1_000

/**
 * The story of a message (DESIGN.md section 3): sender → observation → profile → features → models → verdict → one durable transaction.
 * Rejects only when the store fails; nothing of the submission is kept then.
 */
export function createScoreSubmission(options: ScoreSubmissionOptions): ScoreSubmission {
  const { senders, clock, metrics, maxPending, stopwatch = () => performance.now() } = options
  const idempotency = createIdempotency(senders, clock)
  const score = createScoring(options, stopwatch)
  let pending = 0
  metrics.gauge('sluice_scoring_pending', () => pending)

  return async function scoreSubmission(submission, alongside) {
    if (pending >= maxPending) {
      metrics.count('sluice_overloaded_total')
      return { kind: 'overloaded', retryAfterMs }
    }
    pending += 1
    const startedAt = stopwatch()
    try {
      const identity = resolveSender(submission)
      const sender = senders.keyOf(identity.id)
      const repeatable = repeatableOf(submission, sender)
      const outcome = await idempotency.once(repeatable, submission, () =>
        score({ submission, identity, sender }, repeatable, alongside, startedAt)
      )
      count(metrics, outcome, stopwatch() - startedAt)
      return outcome
    } finally {
      pending -= 1
    }
  }
}

/** One submission, whether it was seen before or not. */
function createScoring(options: ScoreSubmissionOptions, stopwatch: () => number) {
  const { senders, models, background, policy, limits, clock, newId, accept, log } = options
  const thresholds = thresholdsFor(models.takeover?.thresholds ?? models.content?.thresholds ?? [], policy)
  const judge = createJudge({ models, background, thresholds, log })
  const investigate = createInvestigate({ ...options, judge })
  const settle = createSettle({ models, policy, limits, thresholds, newId, clock })
  const commit = createCommit({ senders, settle, clock })
  const since = (startedAt: number): number => Math.round((stopwatch() - startedAt) * 100) / 100

  return async function score(
    arrived: Arrived,
    repeatable: Repeatable | null,
    alongside: Alongside,
    startedAt: number
  ): Promise<ScoreOutcome> {
    const known = await investigate(arrived)
    // What is kept and sent on counts against the limits, whether or not it may teach
    if (arrived.submission.learn === 'never' && alongside === undefined) {
      const { verdict } = settle(known, known.snapshot.usage, since(startedAt))
      return {
        kind: 'scored',
        verdict,
        headline: known.observed.kind === 'observed' ? known.observed.headline : null
      }
    }
    const { verdict, headline } = await accept(() => commit(known, repeatable, alongside, since(startedAt)))
    return { kind: 'scored', verdict: { ...verdict, durationMs: since(startedAt) }, headline }
  }
}

function count(metrics: ScoreSubmissionOptions['metrics'], outcome: ScoreOutcome, tookMs: number): void {
  if (outcome.kind !== 'scored') return
  if (outcome.verdict.duplicate) return metrics.count('sluice_duplicates_total')
  metrics.count('sluice_verdicts_total', { verdict: outcome.verdict.verdict })
  metrics.observeSeconds('sluice_scoring_seconds', tookMs / 1000)
}
