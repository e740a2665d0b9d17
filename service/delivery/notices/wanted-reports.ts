import type { QueuedMessage, RecipientOutcome, RecipientState } from '../../queue/records/queued-message.ts'
import type { ReportAction, ReportedRecipient } from './report.ts'

export interface ReportRules {
  /** A message that is under way for longer gets its sender one notice. */
  readonly delayNoticeMs: number
  /** Epoch ms. */
  readonly now: number
}

/** What an attempt found out about recipients, as far as it is worth a report. */
export interface Settled {
  readonly outcome: RecipientOutcome
  /** `final`: in the mailbox. `passed-on`: the next host was told of the sender's wishes, and reports by itself. `taken`: it was not. */
  readonly reach: 'final' | 'passed-on' | 'taken' | null
}

/**
 * Of which recipients the sender hears (RFC 3461 section 5.2). Pure. Nobody hears of a message with a null sender: that is itself a
 * report, and answering it would let two servers bounce at each other for ever (RFC 5321 section 6.1).
 */
export function wantedReports(
  message: QueuedMessage,
  settled: readonly Settled[],
  rules: ReportRules
): readonly ReportedRecipient[] {
  if (message.envelope.mailFrom === null) return []
  return settled.flatMap((one) => {
    const action = actionOf(one, message, rules)
    return action === null ? [] : [toReported(one.outcome, action)]
  })
}

function actionOf(
  { outcome, reach }: Settled,
  message: QueuedMessage,
  rules: ReportRules
): ReportAction | null {
  const wishes = message.parameters?.recipients[outcome.address]?.notify ?? null
  const news = newsOf(outcome.state)
  if (news === null || (news === 'DELAY' && !isLate(message, rules))) return null
  const wanted = wishes === null ? isToldUnasked(news, message) : wishes.includes(news)
  if (!wanted) return null
  return news === 'SUCCESS' ? arrivedBy[reach ?? 'taken'] : told[news]
}

const told = { FAILURE: 'failed', DELAY: 'delayed' } as const

function newsOf(state: RecipientState): 'FAILURE' | 'DELAY' | 'SUCCESS' | null {
  switch (state) {
    case 'bounced':
    case 'expired':
      return 'FAILURE'
    case 'pending':
      return 'DELAY'
    case 'delivered':
      return 'SUCCESS'
    case 'cancelled':
      return null
  }
}

/** Nobody waits for bulk mail. */
function isToldUnasked(news: 'FAILURE' | 'DELAY' | 'SUCCESS', { label }: QueuedMessage): boolean {
  return news === 'FAILURE' || (news === 'DELAY' && label !== 'bulk')
}

/** Who was told of the sender's wishes reports by himself. */
const arrivedBy = { final: 'delivered', taken: 'relayed', 'passed-on': null } as const

/** Once a message: what happens later is told when it is final. The clock starts when it could leave, not while it was held. */
function isLate(message: QueuedMessage, { delayNoticeMs, now }: ReportRules): boolean {
  const since = message.hold?.decision?.at ?? message.acceptedAt
  return message.delayToldAt === undefined && now - since >= delayNoticeMs
}

function toReported(
  { address, status, reply, mx }: RecipientOutcome,
  action: ReportAction
): ReportedRecipient {
  return { address, action, status: status ?? fallbackStatus[action], reply: reply ?? '', mx }
}

const fallbackStatus = { failed: '5.0.0', delayed: '4.0.0', delivered: '2.0.0', relayed: '2.0.0' } as const
