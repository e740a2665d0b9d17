import type { QueuedMessageAnswer } from '../../contracts/queue.ts'
import type { PageOutcome } from '../../queue/indexes/message-pages.ts'
import type { HoldRecord, QueuedMessage } from '../../queue/records/queued-message.ts'
import { ProblemError } from './problem-error.ts'

/** A queued message as the API shows it. */
export function toMessageAnswer(message: QueuedMessage): QueuedMessageAnswer {
  const {
    id,
    submissionId,
    verdictId,
    senderId,
    state,
    envelope,
    label,
    attempts,
    sizeBytes,
    messageId,
    subject
  } = message
  return {
    id, submissionId, verdictId, state, label, attempts, sizeBytes, messageId, subject,
    sender: senderId,
    envelope: { from: envelope.mailFrom, to: [...envelope.rcptTo] },
    recipients: message.recipients.map((one) => ({ ...one, at: one.at === null ? null : toTime(one.at) })),
    acceptedAt: toTime(message.acceptedAt),
    nextAttemptAt: state === 'queued' ? toTime(message.nextAttemptAt) : null,
    finishedAt: message.finishedAt === null ? null : toTime(message.finishedAt),
    hold: message.hold && toHoldAnswer(message.hold)
  } // prettier-ignore
}

/** RFC 3339 UTC. */
export function toTime(at: number): string {
  return new Date(at).toISOString()
}

/** A page, or the problem of a cursor that we did not make. */
export function toPageAnswer(page: PageOutcome): { items: QueuedMessageAnswer[]; nextCursor: string | null } {
  if (page.kind === 'bad-cursor') throw badCursor('querystring.cursor')
  return { items: page.items.map(toMessageAnswer), nextCursor: page.nextCursor }
}

export function badCursor(path: string): ProblemError {
  const message = 'is not a cursor of this list'
  return new ProblemError('REQUEST_INVALID', { detail: message, errors: [{ path, message }] })
}

function toHoldAnswer({
  reasons,
  risk,
  heldAt,
  deadline,
  isSoft,
  decision
}: HoldRecord): QueuedMessageAnswer['hold'] {
  return {
    kind: isSoft === true ? 'soft' : 'hard',
    reasons: [...reasons],
    risk,
    heldAt: toTime(heldAt),
    deadline: toTime(deadline),
    decision: decision && { ...decision, at: toTime(decision.at) }
  }
}
