import type { AttemptRecord, QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import { looksGreylisted, type NextRetry, type RetryCause } from '../../queue/retry-schedule.ts'
import type { AttemptOutcome } from '../../queue/records/settle.ts'
import type { Settled } from '../notices/wanted-reports.ts'
import type { Job } from './lane.ts'
import type { ClassifyBounce } from '../bounces/classify-bounce.ts'
import type { RecipientResult } from '../session/reply.ts'
import type { TlsResult } from '../session/tls-demand.ts'

export type Results = ReadonlyMap<string, RecipientResult>

export interface JudgeOptions {
  readonly nextRetry: NextRetry
  /** Epoch ms. */
  readonly startedAt: number
  readonly now: number
  readonly mx: string | null
  /** What was signed of it; null: it was not sent. */
  readonly signing: string | null
  /** null: unencrypted; absent: it did not come to that. */
  readonly tls?: TlsResult | null | undefined
  readonly classify: ClassifyBounce
  readonly fault?: 'path' | undefined
  /** Epoch ms of the next attempt where that is not the schedule's to say. */
  readonly again?: number | null | undefined
}

/** What the results mean for the queue: who is done, who is tried again and when, who gets a report. */
export interface Judgement {
  readonly outcome: AttemptOutcome
  /** What the sender may want to hear of. */
  readonly news: readonly Settled[]
}

/** Pure. A deferred recipient whose message is too old has failed (RFC 5321 section 4.5.4.1). */
export function judge(message: QueuedMessage, job: Job, results: Results, options: JudgeOptions): Judgement {
  const { nextRetry, now, mx, classify, again } = options
  const ageMs = now - (message.hold?.decision?.at ?? message.acceptedAt)
  const isOver = nextRetry(job.round, ageMs).kind === 'expire'
  const recipients = job.recipients.map((address) =>
    toOutcome(address, results.get(address) ?? unanswered, isOver, { mx, at: now, classify })
  )
  const open = recipients.filter(({ state }) => state === 'pending')
  const retry = nextRetry(job.round, ageMs, causeOf(open))
  return {
    outcome: {
      round: job.round,
      recipients,
      nextAttemptAt: open.length > 0 && retry.kind === 'retry' ? (again ?? now + retry.delayMs) : null,
      attempt: toAttempt(job, recipients, options)
    },
    news: recipients.map((outcome) => ({ outcome, reach: reachOf(results.get(outcome.address)) }))
  }
}

/** Where they differ, the one who wants to be asked soonest decides: the others are asked in the same transaction. */
function causeOf(open: readonly RecipientOutcome[]): RetryCause {
  const kinds = new Set(open.map(({ bounceKind }) => bounceKind))
  const [kind] = kinds
  return {
    ...(kinds.size === 1 && kind !== undefined && { kind }),
    isGreylisted: open.some(({ reply, status, mx }) => mx !== null && looksGreylisted(reply ?? '', status))
  }
}

/** The attempt for the story of the message. */
function toAttempt(
  { destination, choice }: Job,
  recipients: readonly RecipientOutcome[],
  { startedAt, now, mx, fault, signing, tls }: JudgeOptions
): AttemptRecord {
  const [first] = recipients
  return {
    at: startedAt,
    durationMs: now - startedAt,
    route: destination.route.name,
    mx,
    recipients: recipients.length,
    reply: first?.reply ?? '',
    ...(choice.why !== null && { why: choice.why }),
    ...(fault !== undefined && { fault }),
    ...(signing !== null && { signing }),
    ...(tls !== undefined && { tls: tls && { version: tls.version, verified: tls.verified } }),
    ...(first?.bounceKind !== undefined && { bounceKind: first.bounceKind })
  }
}

const unanswered: RecipientResult = {
  kind: 'deferred',
  reply: 'no answer for this recipient',
  status: '4.4.2'
}

function toOutcome(
  address: string,
  { kind, reply, status }: RecipientResult,
  tooOld: boolean,
  { mx, at, classify }: { readonly mx: string | null; readonly at: number; readonly classify: ClassifyBounce }
): RecipientOutcome {
  if (kind === 'delivered') return { address, state: 'delivered', reply, status, mx, at }
  const where = { reply, mx, at, bounceKind: classify({ reply, status, mx }).kind }
  if (kind === 'failed') return { address, state: 'bounced', status, ...where }
  return { address, state: tooOld ? 'expired' : 'pending', status: tooOld ? '5.4.7' : status, ...where }
}

function reachOf(result: RecipientResult | undefined): Settled['reach'] {
  return result?.kind === 'delivered' ? (result.reach ?? 'taken') : null
}
