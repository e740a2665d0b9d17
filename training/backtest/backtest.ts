import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import type { ScoringModels } from '../../service/models/model-ports.ts'
import type { Verdict } from '../../service/verdict/verdict.ts'
import { createFaultLog, type FaultLog, type PlacedFault } from './fault-log.ts'
import { createTruthOf, type Truth } from './label.ts'
import { openStory, type Story, type StoryOptions } from './open-story.ts'
import type { PreparedLine } from './prepare-ahead.ts'
import { readSubmissions } from './read-submissions.ts'
import { createScoreSheet } from './score-sheet.ts'
import { summarise, type BacktestSummary } from './summarise.ts'

export interface BacktestOptions extends StoryOptions {
  readonly models: ScoringModels
  /** JSON Lines. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Further labels of honest mail. */
  readonly honestLabels: readonly string[]
  /** Submissions that are scored; the rest is not read. */
  readonly limit: number
  /** Of the intervals by bootstrap. */
  readonly seed: number
  readonly onFault: (fault: PlacedFault) => void
  /** Takes one answer of each scored line, in order; the next line waits for it. */
  readonly write: (answer: BacktestAnswer) => Promise<void>
}

/** The answer of `POST /v1/verdicts` with the line's own id and label. */
export type BacktestAnswer = Verdict & { readonly label: string | null }

/**
 * Scores lines in their order by the service's own story, at the lines' own time, and says how good that was. Throws if nothing can be
 * read at all; what is wrong with single lines is told and counted.
 */
export async function runBacktest(options: BacktestOptions): Promise<BacktestSummary> {
  const { bytes, limit, models, onFault, write } = options
  const faults = createFaultLog(onFault)
  const truthOf = createTruthOf(options.honestLabels)
  const sheet = createScoreSheet()
  const story = openStory(options)
  try {
    const lines = readSubmissions({ bytes, faults, limit })
    for await (const prepared of story.prepare(lines)) {
      const truth = truthOf(prepared.line)
      const verdict = await tell(story, prepared, truth, faults)
      if (verdict === null) continue
      sheet.add({ line: prepared.line, truth, verdict })
      await write(answerOf(prepared.line, verdict))
    }
  } finally {
    await story.close()
  }
  const versions = { takeover: models.takeover?.version ?? null, content: models.content?.version ?? null }
  return summarise({ sheet, faults: faults.counts(), models: versions, seed: options.seed })
}

/** A line that brings our own code to fall must not end the run of a hundred thousand others. */
async function tell(
  story: Story,
  prepared: PreparedLine,
  truth: Truth,
  faults: FaultLog
): Promise<Verdict | null> {
  try {
    return await story.tell(prepared, truth)
  } catch (error) {
    faults.add(prepared.number, {
      code: 'SCORING_FAILED',
      detail: error instanceof Error ? error.message : String(error)
    })
    return null
  }
}

function answerOf({ id, label }: BacktestLine, verdict: Verdict): BacktestAnswer {
  return { ...verdict, id, submissionId: id, label }
}
