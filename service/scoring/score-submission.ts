import type { BorrowedModels, JudgingModels, ModelsInUse } from '../models/model-ports.ts'
import type { CampaignMemory } from '../senders/campaigns/campaign-memory.ts'
import { createDirection, type DirectionOf } from '../senders/direction.ts'
import { resolveSender as nameAsGiven, type ResolveSender } from '../senders/identity.ts'
import { createMemoryCampaignMemory } from '../senders/campaigns/memory-campaign-memory.ts'
import { createMemoryOutcomeMemory, type OutcomeMemory } from '../senders/outcome-memory.ts'
import type { SenderKey, SenderStore } from '../senders/sender-store.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Arrived } from './arrived.ts'
import { createAskedAgain } from './asked-again/asked-again.ts'
import type { Remembering } from './asked-again/remembering.ts'
import type { Beside } from './beside/beside.ts'
import { createShadowJudges } from './beside/shadow-judges.ts'
import { createCommit, type Alongside } from './commit.ts'
import { createCountScore } from './count-score.ts'
import type { FindForeign } from './foreign-identities.ts'
import type { ScanMalware } from './malware/scan-malware.ts'
import { createInvestigate, type ForecastAlignment } from './investigate.ts'
import { createJudge } from './judging/judge.ts'
import type { OutsideMemories } from './judging/outside-evidence.ts'
import type { Concluded, Observer, ScoreOutcome, ScoreSubmission } from './scoring-ports.ts'
import { createRefusedHolds } from './refused-holds.ts'
import { createSettle, type Case } from './settle.ts'
import { createThresholdsInForce, type BudgetWindow } from './thresholds-in-force.ts'

export interface ScoreSubmissionOptions {
  readonly observer: Observer
  readonly senders: SenderStore
  /** Who is who; without it every name is a person of its own, and at home is the sender's own domain. */
  readonly resolveSender?: ResolveSender
  readonly directionOf?: DirectionOf
  /** What others sent, and what became of earlier recipients. Without one: a memory of this process's length. */
  readonly campaigns?: CampaignMemory
  readonly outcomes?: OutcomeMemory
  /** A message keeps to those that are in use when it comes. */
  readonly models: ModelsInUse
  /** Where shadow models score what was judged. */
  readonly beside?: Beside
  /** One durable transaction (`Storage.transaction`): synchronous writes of all rooms, on disk when it resolves. */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly policy: Policy
  /** What lets the thresholds follow the installation's own mail. Without it those of the models' manifest stay. */
  readonly budgetWindow?: BudgetWindow
  readonly limits: Limits
  /** Where a sender has limits of its own. */
  readonly limitsOf?: (sender: SenderKey) => Limits
  /** Epoch ms. */
  readonly clock: () => number
  readonly newId: () => string
  readonly metrics: Pick<Metrics, 'count' | 'observeSeconds' | 'gauge'>
  readonly log: Logger
  /** Submissions that may be in work or waiting; the next is refused as `overloaded`. */
  readonly maxPending: number
  /** Without one nothing is foretold. */
  readonly forecastAlignment?: ForecastAlignment
  /** Without one nobody's mail names anybody foreign. */
  readonly findForeign?: FindForeign
  /** Without one nothing is scanned. */
  readonly scanMalware?: ScanMalware
  /** Who else remembers what was concluded: called inside the transaction. */
  readonly onConcluded?: (concluded: Concluded) => void
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
  const { senders, metrics, maxPending, stopwatch = () => performance.now() } = options
  const { resolveSender = nameAsGiven, models, beside } = options
  const askedAgain = createAskedAgain(options)
  const scoringBy = createScoringBySet(options, stopwatch)
  let pending = 0
  metrics.gauge('sluice_scoring_pending', () => pending)
  beside?.watch(() => pending)

  return async function scoreSubmission(submission, alongside) {
    if (pending >= maxPending) {
      metrics.count('sluice_overloaded_total')
      return { kind: 'overloaded', retryAfterMs }
    }
    pending += 1
    const startedAt = stopwatch()
    const borrowed = models.take()
    try {
      const identity = resolveSender(submission)
      const sender = senders.keyOf(identity.id)
      const score = scoringBy(borrowed.set)
      const outcome = await askedAgain.once({ submission, identity, sender }, (arrived, remembering) =>
        score(arrived, { remembering, alongside, startedAt, borrowed })
      )
      count(metrics, outcome, stopwatch() - startedAt)
      return outcome
    } finally {
      borrowed.release()
      pending -= 1
    }
  }
}

interface Scoring {
  readonly remembering: Remembering
  readonly alongside: Alongside
  readonly startedAt: number
  readonly borrowed: BorrowedModels
}

type Score = (arrived: Arrived, scoring: Scoring) => Promise<ScoreOutcome>

/** Made once for each set of models; what outlives a set is shared by all. */
function createScoringBySet(
  options: ScoreSubmissionOptions,
  stopwatch: () => number
): (set: JudgingModels) => Score {
  const { campaigns = createMemoryCampaignMemory(), outcomes = createMemoryOutcomeMemory() } = options
  const known = new WeakMap<JudgingModels, Score>()
  return function scoringBy(set) {
    const made = known.get(set) ?? createScoring({ ...options, campaigns, outcomes }, set, stopwatch)
    known.set(set, made)
    return made
  }
}

/** One submission, whether it was seen before or not. */
function createScoring(
  options: ScoreSubmissionOptions & OutsideMemories,
  set: JudgingModels,
  stopwatch: () => number
): Score {
  const { models, background } = set
  const { campaigns, outcomes, policy, clock, newId, accept, log, senders, metrics } = options
  const limitsOf = options.limitsOf ?? (() => options.limits)
  const { directionOf = createDirection([]) } = options
  const thresholds = createThresholdsInForce({ ...options, models })
  const judge = createJudge({ models, background, log })
  const investigate = createInvestigate({
    ...options,
    limitsOf,
    judge,
    thresholds,
    memories: { campaigns, outcomes }
  })
  const settle = createSettle({ models, policy, limitsOf, senders, directionOf, newId, clock })
  const countScore = createCountScore(thresholds, createRefusedHolds(senders, clock))
  const commit = createCommit({ ...options, campaigns, settle, countScore })
  const shadows = createShadowJudges(set.shadows, { ...options, limitsOf, directionOf })
  const since = (startedAt: number): number => Math.round((stopwatch() - startedAt) * 100) / 100

  return async function score(arrived, { remembering, alongside, startedAt, borrowed }) {
    const known = await investigate(arrived)
    // What is kept and sent on counts against the limits, whether or not it may teach
    if (arrived.submission.learn === 'never' && alongside === undefined) {
      const settled = settle(known, known.snapshot, since(startedAt))
      const { verdict } = settled
      remembering.untraced({ known, settled, answer: verdict, isLearned: false, isCounted: false })
      return {
        kind: 'scored',
        verdict,
        headline: known.headline
      }
    }
    const act = () => commit(known, remembering.durable, alongside, since(startedAt))
    const committed = await accept(act)
    const { verdict, headline } = committed
    countRaised(metrics, known, verdict)
    if (shadows.length > 0) options.beside?.note({ known, committed, shadows, borrowed: borrowed.again() })
    return { kind: 'scored', verdict: { ...verdict, durationMs: since(startedAt) }, headline }
  }
}

/** A mail server that asks recipient by recipient may have sent the first copies by now. */
function countRaised({ count: countOne }: Counting, { earlier }: Case, { verdict: to }: Verdict): void {
  if (earlier === null || earlier.answer.verdict === to) return
  countOne('sluice_verdicts_raised_total', { from: earlier.answer.verdict, to })
}

type Counting = ScoreSubmissionOptions['metrics']

function count(metrics: Counting, outcome: ScoreOutcome, tookMs: number): void {
  if (outcome.kind !== 'scored') return
  if (outcome.verdict.duplicate) return metrics.count('sluice_duplicates_total')
  metrics.count('sluice_verdicts_total', { verdict: outcome.verdict.verdict })
  metrics.observeSeconds('sluice_scoring_seconds', tookMs / 1000)
}
