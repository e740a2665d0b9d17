import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Scored, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { isLimited } from './is-limited.ts'
import { toSubmission } from './observe-held.ts'

export interface JudgeAgainOptions {
  readonly queue: Pick<Queue, 'body'>
  readonly score: ScoreSubmission
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'error'>
}

/**
 * A held message judged as it was when it came, by what is known now; nothing is learned or charged by it. What a limit held back was never
 * charged: it is measured by the limits of today. null: it can't be judged now.
 */
export async function judgeAgain(
  message: QueuedMessage,
  { queue, score, clock, log }: JudgeAgainOptions
): Promise<Scored['verdict'] | null> {
  try {
    const submission = toSubmission(message, await queue.body(message))
    const outcome = await score(isLimited(message) ? { ...submission, measuredAt: clock() } : submission)
    return outcome.kind === 'scored' ? outcome.verdict : null
  } catch (error) {
    log.error('operations.hold_not_judged', { id: message.id, error })
    return null
  }
}
