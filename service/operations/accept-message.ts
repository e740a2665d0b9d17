import type { Authentication, Submission } from '../message/submission.ts'
import type { NewHold, NewMessage } from '../queue/records/new-message.ts'
import type { Queue } from '../queue/queue.ts'
import type { QueuedMessage } from '../queue/records/queued-message.ts'
import { identitiesThatMatter } from '../scoring/foreign-identities.ts'
import type { Kept, Scored, ScoreOutcome, ScoreSubmission } from '../scoring/scoring-ports.ts'
import type { LimitedHolds } from '../senders/limited-holds.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { RecallRouted } from './holds/routed-holds.ts'
import { countHops, messageIdOf, traceHeader, type Protocol } from './trace-header.ts'

type Verdict = Scored['verdict']
type Limited = NonNullable<Scored['limited']>

/** What became of a message that was handed in. `queued` and `held` are on disk. */
export type AcceptOutcome =
  | { readonly kind: 'queued'; readonly message: QueuedMessage; readonly verdict: Verdict }
  /** `limited`: nothing but limits holds it. */
  | {
      readonly kind: 'held'
      readonly message: QueuedMessage
      readonly verdict: Verdict
      readonly limited?: Limited
    }
  | { readonly kind: 'blocked'; readonly verdict: Verdict }
  /** To be held, but the policy has the client keep it (`policy.onHold`). */
  | { readonly kind: 'hold-refused'; readonly how: 'tempfail' | 'reject'; readonly verdict: Verdict }
  /** Above its sender's limits, and the policy has the client keep it (`limits.onExceeded`). */
  | { readonly kind: 'limited'; readonly limited: Limited; readonly verdict: Verdict }
  | { readonly kind: 'id-reused'; readonly requestId: string }
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }
  /** It has gone round and round (RFC 5321 section 6.3). */
  | { readonly kind: 'loop'; readonly hops: number }
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'failed' }

export interface AcceptMessageOptions {
  readonly queue: Queue
  readonly score: ScoreSubmission
  readonly onHold: 'accept' | 'tempfail' | 'reject'
  /** What becomes of mail that nothing but limits hold. */
  readonly onExceeded?: 'hold' | 'tempfail'
  /** Where such holds wait for room. */
  readonly limitedHolds?: Pick<LimitedHolds, 'note'>
  readonly hostname: string
  /** What a mail server was told to hand to us, as it was when it asked. */
  readonly recallRouted?: RecallRouted
  readonly clock: () => number
  readonly log: Logger
}

/** Scores a submission and takes it into the queue, or holds it, in the one transaction that also charges its sender. Never rejects. */
export type AcceptMessage = (
  submission: Submission,
  /** `queueId`: what the mail server that hands it over calls it, where that may be believed. */
  via: { readonly protocol: Protocol; readonly queueId?: string | null }
) => Promise<AcceptOutcome>

/** RFC 5321 section 6.3: a limit of at least 100 Received fields. */
const maxHops = 100

export function createAcceptMessage(options: AcceptMessageOptions): AcceptMessage {
  const { queue, score, onHold, log } = options
  const { recallRouted = (submission: Submission) => submission } = options
  return async function acceptMessage(given, { protocol, queueId = null }) {
    const hops = countHops(given.raw)
    if (hops > maxHops) return { kind: 'loop', hops }
    const recalled = recallRouted({ ...given, isSentByUs: true }, queueId)
    const submission: Submission = onHold === 'accept' ? recalled : { ...recalled, onHold: 'refused' }
    // Who handed it to us, which for a routed message is not who wrote it
    const trace = traceHeader(given, { ...options, protocol })
    const keeper = createKeeper(submission, trace, options)
    try {
      await queue.prepareBody(submission.id, submission.raw)
      const outcome = await score(submission, keeper.keep)
      return await conclude(outcome, keeper, submission, options)
    } catch (error) {
      log.error('operations.accept_failed', { id: submission.id, error })
      await queue.discardBody(submission.id, submission.sizeBytes)
      return isFull(error) ? { kind: 'storage-full' } : { kind: 'failed' }
    }
  }
}

interface Keeper {
  /** Runs inside the transaction. */
  readonly keep: (scored: Scored) => Kept
  readonly kept: () => QueuedMessage | undefined
  readonly limited: () => Limited | null
}

function createKeeper(submission: Submission, trace: string, options: AcceptMessageOptions): Keeper {
  const { queue, onHold, limitedHolds, clock } = options
  let kept: QueuedMessage | undefined
  let limited: Limited | null = null
  return { keep, kept: () => kept, limited: () => limited }

  function keep(scored: Scored): Kept {
    const { verdict } = scored
    const message = toNewMessage(submission, scored, trace, clock())
    if (verdict.verdict === 'allow') kept = queue.enqueue(message)
    limited = scored.limited ?? null
    if (limited !== null && leavesLimited(options)) return { holdId: null, isRemembered: false }
    if (verdict.verdict === 'hold' && onHold === 'accept') {
      kept = queue.hold(message, toHold(verdict, clock()))
      // What is larger than a limit waits for a decision
      if (typeof limited?.recoversAt === 'number') limitedHolds?.note(kept.id, limited.recoversAt)
    }
    return { holdId: kept?.state === 'held' ? kept.id : null }
  }
}

async function conclude(
  outcome: ScoreOutcome,
  keeper: Keeper,
  submission: Submission,
  options: AcceptMessageOptions
): Promise<AcceptOutcome> {
  const { queue } = options
  const message = keeper.kept()
  const limited = keeper.limited()
  if (message === undefined) await queue.discardBody(submission.id, submission.sizeBytes)
  if (outcome.kind !== 'scored') return outcome
  const { verdict } = outcome
  if (message?.state === 'queued') queue.wake()
  // A repeated request is answered with what became of the first
  const known = message ?? (verdict.duplicate ? queue.byVerdict(verdict.id) : undefined)
  if (known !== undefined) return taken(known, verdict, limited)
  return refused(verdict, limited, options)
}

function taken(message: QueuedMessage, verdict: Verdict, limited: Limited | null): AcceptOutcome {
  if (message.state !== 'held') return { kind: 'queued', message, verdict }
  return { kind: 'held', message, verdict, ...(limited && { limited }) }
}

/** Where no hold is kept, a limit is none to keep either: what is above it now fits later, and is not refused for good. */
function leavesLimited({ onHold, onExceeded }: AcceptMessageOptions): boolean {
  return onExceeded === 'tempfail' || onHold !== 'accept'
}

/** Nothing was kept. */
function refused(verdict: Verdict, limited: Limited | null, options: AcceptMessageOptions): AcceptOutcome {
  const { onHold } = options
  if (limited !== null && leavesLimited(options)) return { kind: 'limited', limited, verdict }
  if (verdict.verdict === 'hold' && onHold !== 'accept') return { kind: 'hold-refused', how: onHold, verdict }
  return verdict.verdict === 'block' ? { kind: 'blocked', verdict } : { kind: 'failed' }
}

function toNewMessage(
  submission: Submission,
  { verdict, headline }: Scored,
  trace: string,
  acceptedAt: number
): NewMessage {
  const { id, client, auth, sender, receivedAt, envelope, parameters, raw } = submission
  return {
    id,
    submissionId: id,
    verdictId: verdict.id,
    senderId: verdict.sender.id,
    envelope,
    ...(parameters && { parameters }),
    label: verdict.priority.label,
    raw,
    messageId: headline === null ? messageIdOf(raw) : headline.messageId,
    subject: headline?.subject ?? '',
    ...(headline?.language && { language: headline.language }),
    origin: { client, auth: auth && narrowed(auth, submission), sender, receivedAt, trace },
    acceptedAt
  }
}

/** A back-end's thousand patterns are not kept with each message. */
function narrowed(auth: Authentication, submission: Submission): Authentication {
  if (!auth.identities) return auth
  return { ...auth, identities: identitiesThatMatter(submission, auth.identities) }
}

const dayMs = 86_400_000

function toHold(verdict: Verdict, now: number): NewHold {
  const until = verdict.hold === null ? NaN : Date.parse(verdict.hold.until)
  return {
    reasons: verdict.reasons.map(({ code }) => code),
    risk: verdict.risk,
    deadline: Number.isFinite(until) ? until : now + 3 * dayMs,
    isSoft: verdict.hold?.kind === 'soft'
  }
}

/** The store's code and the spool's: in both cases nothing was kept and the client may come again. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'STORAGE_FULL' || error.code === 'QUEUE_SPOOL_FULL'
}
