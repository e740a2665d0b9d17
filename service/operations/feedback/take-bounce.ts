import type { BounceReport, SignedRecipient } from '../../message/world-report.ts'
import type { BounceKind } from '../../message/bounce-kind.ts'
import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import { withNews } from '../../queue/late-outcomes.ts'
import type { NewMessage } from '../../queue/records/new-message.ts'
import type { AttemptRecord, QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import { matchRecipients, type MatchedOutcome } from './match-recipients.ts'
import { passOn, type PassOnOptions } from './pass-on.ts'
import { feedbackRoute, type ReceivedReport, type ReportOutcome } from './report-outcome.ts'

/** News of one recipient, for the report to the sender. */
export interface ReportedNews {
  readonly outcome: RecipientOutcome
  /** `final`: in the mailbox; `taken`: handed to a host that reports no more; null: not delivered. */
  readonly reach: 'final' | 'taken' | null
}

export interface TakeBounceOptions extends PassOnOptions {
  /** Composes the report to the sender, in their language, as far as they want one. `header`: of the message, as it came back. */
  readonly tell: (
    message: QueuedMessage,
    header: Uint8Array,
    news: readonly ReportedNews[]
  ) => Promise<{ readonly notice: NewMessage | null; readonly toldOfDelay: boolean }>
  /** Why a host refused a recipient. */
  readonly classify: (said: {
    readonly reply: string
    readonly status: EnhancedStatus
    readonly mx: string
  }) => BounceKind
  /** Evidence about the sender: called inside the transaction. */
  readonly remember: (message: QueuedMessage, settled: readonly RecipientOutcome[]) => void
}

export async function takeBounce(
  report: BounceReport,
  about: Extract<SignedRecipient, { kind: 'message' }>,
  { raw }: ReceivedReport,
  options: TakeBounceOptions
): Promise<ReportOutcome> {
  const { queue, clock, accept, remember, tell, classify } = options
  const message = queue.get(about.messageId)
  if (message === undefined) return { kind: 'unknown-message' }
  const matched = matchRecipients(report.recipients, message, about.recipient)
  // About somebody whom the message does not name: a person may understand it
  if (matched.length === 0) return passOn(about.messageId, raw, options)
  const now = clock()
  const attempt = toAttempt(matched, now)
  const failed = matched
    .filter(({ remote }) => remote.action === 'failed')
    .map((one) => toBounced(one, now, classify))
  const { changed } = withNews(message, { recipients: failed, attempt }, now)
  const news = [
    ...changed.map((outcome) => ({ outcome, reach: null })),
    ...otherNews(matched, message, attempt)
  ]
  if (news.length === 0) return isUnderWay(message, failed) ? { kind: 'too-early' } : { kind: 'repeated' }

  const { notice, toldOfDelay } = await tell(message, report.header, news)
  const isNew = await accept(() => {
    const known = queue.get(message.id)
    // The same report twice at once: the other one was quicker
    if (known === undefined || known.attemptLog.length !== message.attemptLog.length) return false
    const late = queue.recordLate(message.id, { recipients: failed, attempt, toldOfDelay })
    if (late.kind === 'unknown') return false
    if (late.changed.length > 0) remember(late.message, late.changed)
    if (notice !== null) queue.enqueue(notice)
    return true
  })
  if (!isNew) return { kind: 'too-early' }
  tellLog(message, matched, options)
  if (notice !== null) queue.wake()
  return { kind: 'taken' }
}

function toBounced(
  { address, remote }: MatchedOutcome,
  at: number,
  classify: TakeBounceOptions['classify']
): RecipientOutcome {
  const said = {
    reply: remote.diagnostic === '' ? 'reported as undeliverable' : remote.diagnostic,
    status: remote.status ?? '5.0.0',
    // Another host's word, whether or not it gives its name
    mx: remote.host ?? 'unknown'
  } as const
  return { address, state: 'bounced', ...said, at, bounceKind: classify(said) }
}

/** Delays, once a message; successes, once a recipient. */
function otherNews(
  matched: readonly MatchedOutcome[],
  message: QueuedMessage,
  attempt: AttemptRecord
): readonly ReportedNews[] {
  const wasTold = message.attemptLog.some(
    ({ route, reply }) => route === feedbackRoute && reply === attempt.reply
  )
  if (wasTold) return []
  return matched.flatMap(({ address, remote }): ReportedNews[] => {
    const known = message.recipients.find((one) => one.address === address)
    if (known?.state !== 'delivered' || remote.action === 'failed') return []
    const { status, diagnostic: reply, host: mx } = remote
    if (remote.action === 'delayed')
      return message.delayToldAt === undefined
        ? [{ outcome: { ...known, state: 'pending', status: status ?? '4.0.0', reply, mx }, reach: null }]
        : []
    const reach = remote.action === 'delivered' ? 'final' : 'taken'
    return [{ outcome: { ...known, status: status ?? '2.0.0', reply, mx }, reach }]
  })
}

/** The host took it, and its report is here before we have written down that it did. */
function isUnderWay(message: QueuedMessage, failed: readonly RecipientOutcome[]): boolean {
  const pending = new Set(
    message.recipients.flatMap(({ state, address }) => (state === 'pending' ? [address] : []))
  )
  return message.state === 'queued' && failed.some(({ address }) => pending.has(address))
}

const maxStoryLength = 300

function toAttempt(matched: readonly MatchedOutcome[], at: number): AttemptRecord {
  const [first] = matched
  const said =
    first === undefined ? '' : `${first.remote.action}: ${first.address} ${first.remote.diagnostic}`
  const reply = said.trim().slice(0, maxStoryLength)
  return {
    at,
    durationMs: 0,
    route: feedbackRoute,
    mx: first?.remote.host ?? null,
    recipients: matched.length,
    reply
  }
}

function tellLog(
  { id }: QueuedMessage,
  matched: readonly MatchedOutcome[],
  { log }: Pick<TakeBounceOptions, 'log'>
): void {
  for (const { remote } of matched) {
    const { action, status, host, diagnostic } = remote
    log.info('feedback.recipient_reported', { id, action, status, mx: host, reply: diagnostic })
  }
}
