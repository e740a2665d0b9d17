import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Scored, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { toSubmission } from './observe-held.ts'

export interface JudgeAgainOptions {
  readonly queue: Pick<Queue, 'body'>
  readonly score: ScoreSubmission
  readonly log: Pick<Logger, 'error'>
}

/** A held message judged as it was when it came, by what is known now; nothing is learned or charged by it. null: it can't be now. */
export async function judgeAgain(
  message: QueuedMessage,
  { queue, score, log }: JudgeAgainOptions
): Promise<Scored['verdict'] | null> {
  try {
    const outcome = await score(toSubmission(message, await queue.body(message)))
    return outcome.kind === 'scored' ? outcome.verdict : null
  } catch (error) {
    log.error('operations.hold_not_judged', { id: message.id, error })
    return null
  }
}
