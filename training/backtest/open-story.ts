import type { Background } from '../../service/features/background.ts'
import { fixedModels, type ScoringModels } from '../../service/models/model-ports.ts'
import { showsOwnHabit } from '../../service/scoring/learn.ts'
import { createScoreSubmission, type ScoreSubmissionOptions } from '../../service/scoring/score-submission.ts'
import type { Observer, ScoreOutcome } from '../../service/scoring/scoring-ports.ts'
import { createMemoryScoreWindow } from '../../service/senders/score-window/memory-score-window.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import type { BudgetWindowOptions } from '../../service/verdict/budget/budget-window.ts'
import type { Verdict } from '../../service/verdict/verdict.ts'
import type { Truth } from './label.ts'
import { backtestKey } from './open-workers.ts'
import { prepareAhead, type PrepareAhead, type PreparedLine } from './prepare-ahead.ts'

export interface StoryOptions extends Pick<
  ScoreSubmissionOptions,
  'policy' | 'limits' | 'resolveSender' | 'directionOf'
> {
  readonly models: ScoringModels
  readonly background: Background
  /** Parse and observe; closed with the story. */
  readonly workers: Observer
  /** How the hold threshold follows the file's own scores. */
  readonly budgetWindow: BudgetWindowOptions
  /** An honest line of a history that is held is released, as an operator would, and teaches; else it teaches nothing. */
  readonly releasesHonest: boolean
}

export interface Story {
  readonly prepare: PrepareAhead['prepare']
  /** Scores the line, and learns it as the service would. One after the other, in the order of the file. */
  tell(line: PreparedLine, truth: Truth): Promise<Verdict>
  close(): Promise<void>
}

/** The service's own scoring over stores in memory, at the lines' own time. */
export function openStory(story: StoryOptions): Story {
  const { workers, budgetWindow, releasesHonest, models, background, ...options } = story
  const ahead = prepareAhead(workers)
  const senders = habitsOnly(createMemorySenderStore({ key: backtestKey }))
  let now = 0
  let verdicts = 0
  const score = createScoreSubmission({
    ...options,
    models: fixedModels(models, background),
    observer: ahead.observer,
    senders,
    budgetWindow: { window: createMemoryScoreWindow(), options: budgetWindow },
    accept: (act) => Promise.resolve(act()),
    // In shadow mode everything is allowed, and nothing would be measured
    policy: { ...options.policy, mode: 'enforce' },
    clock: () => now,
    newId: () => `verdict-${(verdicts += 1)}`,
    metrics: createMetrics(),
    log: silentLogger,
    maxPending: 1
  })

  return {
    prepare: (lines) => ahead.prepare(lines),
    tell: async ({ submission, observed }, truth) => {
      now = submission.receivedAt
      const verdict = verdictOf(await score(submission))
      const isReleased = verdict.verdict === 'hold' && truth === 'honest' && submission.learn === 'auto'
      const shown = isReleased && releasesHonest ? await observed : null
      if (shown?.kind === 'observed' && showsOwnHabit(shown.observation)) {
        const sender = senders.keyOf(verdict.sender.id)
        senders.learn(sender, submission.id, shown.observation, { confirmed: true })
      }
      return verdict
    },
    close: () => workers.close()
  }
}

/** What is only kept for later questions would grow with the file, and nobody asks. */
function habitsOnly(senders: SenderStore): SenderStore {
  return { ...senders, recordVerdict: () => undefined, remember: () => undefined }
}

/** Without idempotency keys and with one message at a time there is no other outcome. */
function verdictOf(outcome: ScoreOutcome): Verdict {
  if (outcome.kind === 'scored') return outcome.verdict
  throw new Error(`a line of a backtest was not scored but ${outcome.kind}`)
}
