import { setTimeout as sleep } from 'node:timers/promises'
import type { Queue } from '../../queue/queue.ts'
import type { NewHold } from '../../queue/records/new-message.ts'
import type { ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { judgeAgain } from '../holds/judge-again.ts'

export interface RecallQueuedOptions {
  readonly queue: Pick<Queue, 'waitingOf' | 'get' | 'recall' | 'body'>
  readonly senders: Pick<SenderStore, 'keyOf'>
  readonly score: ScoreSubmission
  /** What delivery knows of mail that is on its way. */
  readonly underWay: {
    isUnderWay(messageId: string): boolean
    /** Holds a sender's mail still until the function that it gives is called. */
    still(sender: string): () => void
  }
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly holdHours: number
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'error'>
  readonly metrics: Pick<Metrics, 'count'>
  /** How long attempts that have begun may take before they count as left. */
  readonly patienceMs?: number
}

/** What a recall came to, in messages. */
export interface Recalled {
  readonly held: number
  /** Judged again, they may go. */
  readonly allowed: number
  /** Under way when it was called, and delivered or past recall. */
  readonly left: number
}

export type RecallQueued = (senderId: string) => Promise<Recalled>

const hourMs = 3_600_000
const defaultPatienceMs = 30_000
const pollMs = 200

/**
 * Judges a sender's accepted but undelivered messages by what is known now, and holds those that would not be allowed any more. Meanwhile
 * no attempt of that sender's mail begins. What is past DATA cannot be recalled: it is counted.
 */
export function createRecallQueued(options: RecallQueuedOptions): RecallQueued {
  const { queue, senders, underWay, log, metrics, patienceMs = defaultPatienceMs } = options
  return async function recallQueued(senderId) {
    const goOn = underWay.still(senderId)
    try {
      const count = { held: 0, allowed: 0, left: 0 }
      const busy: string[] = []
      for (const id of queue.waitingOf(senderId)) await look(id, count, busy)
      await lookWhenEnded(busy, count)
      for (const [outcome, by] of Object.entries(count))
        metrics.count('sluice_recalled_total', { outcome }, by)
      log.info('operations.recalled', { senderKey: senders.keyOf(senderId), ...count })
      return count
    } finally {
      goOn()
    }
  }

  async function look(id: string, count: Counts, busy: string[]): Promise<void> {
    const became = underWay.isUnderWay(id) ? 'busy' : await recallOne(id, options)
    if (became === 'busy') busy.push(id)
    else if (became !== 'gone') count[became] += 1
  }

  /** What was tried in vain meanwhile can be held after all. */
  async function lookWhenEnded(ids: readonly string[], count: Counts): Promise<void> {
    const deadline = performance.now() + patienceMs
    for (const id of ids) {
      while (underWay.isUnderWay(id) && performance.now() < deadline) await sleep(pollMs)
      const became = underWay.isUnderWay(id) ? 'busy' : await recallOne(id, options)
      count[became === 'busy' || became === 'gone' ? 'left' : became] += 1
    }
  }
}

type Counts = { -readonly [outcome in keyof Recalled]: number }

async function recallOne(
  id: string,
  options: RecallQueuedOptions
): Promise<'held' | 'allowed' | 'busy' | 'gone'> {
  const { queue, underWay, accept } = options
  const message = queue.get(id)
  if (message?.state !== 'queued') return 'gone'
  // It goes back to its sender, unsent
  if (message.hold?.decision?.kind === 'expired') return 'allowed'
  const verdict = await judgeAgain(message, options)
  const hold = holdFor(verdict, options)
  if (hold === null) return 'allowed'
  return accept(() => {
    if (underWay.isUnderWay(id)) return 'busy'
    return queue.recall(id, hold).kind === 'done' ? 'held' : 'gone'
  })
}

/** What cannot be judged now is held: its sender has just been found wanting. Limits were charged when it was accepted, and do not count again. */
function holdFor(
  verdict: Awaited<ReturnType<typeof judgeAgain>>,
  { clock, holdHours }: RecallQueuedOptions
): NewHold | null {
  const deadline = clock() + holdHours * hourMs
  if (verdict === null) return { reasons: ['SENDER_RESTRICTED'], risk: 0, deadline }
  if (verdict.verdict === 'allow') return null
  const reasons = verdict.reasons.map(({ code }) => code).filter((code) => !code.startsWith('LIMIT_'))
  return reasons.length === 0 ? null : { reasons, risk: verdict.risk, deadline }
}
