import type { ComplaintReport, ComplaintType, SignedRecipient } from '../../message/world-report.ts'
import type { Queue } from '../../queue/queue.ts'
import type { FeedbackLabel } from '../../senders/feedback-records.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { findVerdicts, type FindVerdictsOptions, type Subject } from '../find-verdicts.ts'
import type { GiveFeedback } from '../give-feedback.ts'
import type { Allowance } from './allowance.ts'
import { feedbackRoute, type ReportOutcome } from './report-outcome.ts'

export interface TakeComplaintOptions extends Pick<FindVerdictsOptions, 'senders' | 'memory'> {
  readonly queue: Pick<Queue, 'get' | 'recordLate'>
  readonly giveFeedback: GiveFeedback
  /** Which message a return path of ours belongs to. */
  readonly readAddress: (address: string) => SignedRecipient | null
  /** By reporter: what is above it is refused for now. */
  readonly reporterAllowance: Allowance
  /** By sender: what is above it says nothing new of him, and is let go. */
  readonly senderAllowance: Allowance
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
}

/** What a complaint says of the message. null: nothing; who wants off a list complains of no spam. */
const labels = {
  abuse: 'spam',
  fraud: 'phishing',
  virus: 'phishing',
  'not-spam': 'legitimate',
  'opt-out': null,
  other: 'spam'
} as const satisfies Record<ComplaintType, FeedbackLabel | null>

interface Meant {
  readonly subject: Subject
  /** Queue id, where it is known. */
  readonly id: string | null
}

/** A reader's complaint, as feedback on the message: with a feedback loop's weight if it came to a loop's address, else with a recipient's. */
export async function takeComplaint(
  report: ComplaintReport,
  about: SignedRecipient,
  options: TakeComplaintOptions
): Promise<ReportOutcome> {
  const { reporterAllowance, senderAllowance, log } = options
  const who = whoComplains(about)
  if (!reporterAllowance.take(who.key)) return { kind: 'too-many' }
  const meant = messageOf(report, about, options)
  const [verdict] = meant === null ? [] : findVerdicts(meant.subject, options)
  if (meant === null || verdict === undefined) return { kind: 'unknown-message' }
  const label = labels[report.type]
  if (label === null) return record(meant, report, who.reporter, options)
  if (!senderAllowance.take(verdict.sender)) {
    log.warn('feedback.complaint_suppressed', { id: meant.id, reporter: who.reporter })
    return { kind: 'taken' }
  }
  return give(meant, report, label, who, options)
}

interface Complainer {
  readonly reporter: string
  /** Whose word it counts as. */
  readonly source: 'fbl' | 'recipient'
  readonly key: string
}

function whoComplains(about: SignedRecipient): Complainer {
  return about.kind === 'reporter'
    ? { reporter: about.name, source: 'fbl', key: about.name }
    : { reporter: 'recipient', source: 'recipient', key: about.messageId }
}

async function give(
  meant: Meant,
  report: ComplaintReport,
  label: FeedbackLabel,
  { reporter, source }: Complainer,
  options: TakeComplaintOptions
): Promise<ReportOutcome> {
  const outcome = await options.giveFeedback({
    subject: meant.subject,
    label,
    source,
    note: `${report.type}, reported by ${reporter}`,
    by: `feedback:${reporter}`
  })
  switch (outcome.kind) {
    case 'unknown':
    case 'ambiguous':
      return { kind: 'unknown-message' }
    case 'too-many':
      return { kind: 'repeated' }
    case 'taken':
      return outcome.repeated ? { kind: 'repeated' } : record(meant, report, reporter, options)
  }
}

/**
 * Which message is meant. A return path that we signed proves it; a Message-ID, which anybody may know, is believed only from a loop that
 * the operator has registered.
 */
function messageOf(
  { returnPaths, messageId }: ComplaintReport,
  about: SignedRecipient,
  { queue, readAddress }: TakeComplaintOptions
): Meant | null {
  for (const one of [about, ...returnPaths.map(readAddress)]) {
    if (one?.kind !== 'message') continue
    const message = queue.get(one.messageId)
    if (message === undefined || message.verdictId === '') continue
    return { subject: { verdictId: message.verdictId }, id: message.id }
  }
  if (about.kind !== 'reporter' || messageId === null) return null
  return { subject: { messageId }, id: null }
}

/** Into the story of the message, where there still is one. */
async function record(
  { id }: Meant,
  { type, recipients }: ComplaintReport,
  reporter: string,
  { queue, accept, clock, log }: TakeComplaintOptions
): Promise<ReportOutcome> {
  log.info('feedback.complaint_taken', { id, type, reporter })
  if (id === null) return { kind: 'taken' }
  const reply = `complaint: ${type}, by ${reporter}`
  const count = Math.max(recipients.length, 1)
  const attempt = { at: clock(), durationMs: 0, route: feedbackRoute, mx: null, recipients: count, reply }
  const wasTold = queue.get(id)?.attemptLog.some((one) => one.route === feedbackRoute && one.reply === reply)
  if (wasTold === true) return { kind: 'repeated' }
  await accept(() => queue.recordLate(id, { recipients: [], attempt }))
  return { kind: 'taken' }
}
