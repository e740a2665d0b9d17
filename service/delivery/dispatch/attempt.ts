import type { Failpoint } from '../../queue/failpoint.ts'
import type { QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { NextRetry } from '../../queue/retry-schedule.ts'
import type { AttemptOutcome } from '../../queue/records/settle.ts'
import type { Connected } from '../hosts/connect.ts'
import type { Settled } from '../notices/wanted-reports.ts'
import type { Job } from './lane.ts'
import type { Depart } from '../outgoing/depart.ts'
import { isEightBit } from '../outgoing/outgoing.ts'
import type { RecipientResult } from '../session/reply.ts'

export type Results = ReadonlyMap<string, RecipientResult>

/** Sends one message to the recipients of one job. Never rejects because of the other side. */
export async function transmit(
  connection: Connected,
  message: QueuedMessage,
  raw: Uint8Array,
  { recipients }: Job,
  limits: { readonly attemptTimeoutMs: number; readonly failpoint: Failpoint; readonly depart: Depart }
): Promise<{ results: Results; reusable: boolean; signing: string | null }> {
  const { bytes: outgoing, signing } = await limits.depart(message, raw)
  const timer = setTimeout(() => connection.session.abort(), limits.attemptTimeoutMs)
  const sending = connection.session.send(
    {
      from: message.envelope.mailFrom,
      to: recipients,
      size: outgoing.length,
      eightBit: isEightBit(outgoing)
    },
    outgoing
  )
  limits.failpoint('during-delivery')
  try {
    return { ...(await sending), signing }
  } finally {
    clearTimeout(timer)
  }
}

export interface JudgeOptions {
  readonly nextRetry: NextRetry
  /** Epoch ms. */
  readonly startedAt: number
  readonly now: number
  readonly mx: string | null
  /** What was signed of it; null: it was not sent. */
  readonly signing: string | null
}

/** What the results mean for the queue: who is done, who is tried again and when, who gets a report. */
export interface Judgement {
  readonly outcome: AttemptOutcome
  /** What the sender may want to hear of. */
  readonly news: readonly Settled[]
}

/** Pure. A deferred recipient whose message is too old has failed (RFC 5321 section 4.5.4.1). */
export function judge(message: QueuedMessage, job: Job, results: Results, options: JudgeOptions): Judgement {
  const { nextRetry, startedAt, now, mx, signing } = options
  const ageMs = now - (message.hold?.decision?.at ?? message.acceptedAt)
  const retry = nextRetry(job.round, ageMs)
  const recipients = job.recipients.map((address) =>
    toOutcome(address, results.get(address) ?? unanswered, retry.kind === 'expire', { mx, at: now })
  )
  const open = recipients.some(({ state }) => state === 'pending')
  return {
    outcome: {
      round: job.round,
      recipients,
      nextAttemptAt: open && retry.kind === 'retry' ? now + retry.delayMs : null,
      attempt: {
        at: startedAt,
        durationMs: now - startedAt,
        route: job.destination.route.name,
        mx,
        recipients: recipients.length,
        reply: recipients[0]?.reply ?? '',
        ...(signing !== null && { signing })
      }
    },
    news: recipients.map((outcome) => ({ outcome, reach: reachOf(results.get(outcome.address)) }))
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
  where: { readonly mx: string | null; readonly at: number }
): RecipientOutcome {
  switch (kind) {
    case 'delivered':
      return { address, state: 'delivered', reply, status, ...where }
    case 'failed':
      return { address, state: 'bounced', reply, status, ...where }
    case 'deferred':
      return {
        address,
        state: tooOld ? 'expired' : 'pending',
        reply,
        status: tooOld ? '5.4.7' : status,
        ...where
      }
  }
}

function reachOf(result: RecipientResult | undefined): Settled['reach'] {
  return result?.kind === 'delivered' ? (result.reach ?? 'taken') : null
}
