import type { Protocol } from '../../../operations/trace-header.ts'
import { lastQueueId } from '../../../message/received-field.ts'
import { malformed } from '../commands/parameters.ts'
import { tooLarge } from '../commands/mail-from-parameters.ts'
import type { DoorContext } from '../door-context.ts'
import type { Session, Step, Transaction } from '../session/session.ts'
import type { ReadOutcome } from './read-message.ts'
import { reply, replyTo, type SmtpReply } from './reply.ts'
import { mayNameIdentity, toSubmission } from './to-submission.ts'
import type { Asked } from './verb.ts'

/** DATA: reads the message, has it scored and kept, and only then answers (RFC 5321 section 4.1.1.4 and 6.1). */
export async function onData(argument: string, { session, context, talk }: Asked): Promise<Step> {
  const { transaction } = session
  if (argument !== '') return { reply: malformed('DATA takes nothing') }
  if (transaction === null) return { reply: reply(503, '5.5.1', 'Send MAIL first') }
  if (transaction.rcptTo.length === 0) return { reply: reply(503, '5.5.1', 'Send RCPT first') }
  const overload = context.admission.atMessage(context.pressure())
  if (overload !== null) {
    context.metrics.count('sluice_smtp_refused_total', { cause: overload.cause })
    return { reply: overload.reply }
  }
  const read = await talk.message()
  const given = read.kind === 'read' ? await accept(read.raw, session, transaction, context) : refusal(read)
  context.metrics.count('sluice_smtp_replies_total', { code: String(given.code) })
  if (read.kind === 'too-slow') context.metrics.count('sluice_smtp_refused_total', { cause: 'slow-data' })
  context.failpoint('before-250')
  const isOver = read.kind === 'too-slow' || read.kind === 'cut-off'
  return { reply: given, change: { transaction: null }, ...(isOver && { next: 'hang-up' }) }
}

/** Resolves in any case. */
async function accept(
  raw: Buffer,
  session: Session,
  transaction: Transaction,
  context: DoorContext
): Promise<SmtpReply> {
  try {
    const queueId = mayNameIdentity(session, context) ? lastQueueId(raw) : null
    const outcome = await context.acceptMessage(toSubmission(raw, session, transaction, context), {
      protocol: protocolOf(session),
      queueId
    })
    context.log.info('smtp.message_answered', {
      session: session.id,
      outcome: outcome.kind,
      sizeBytes: raw.length
    })
    return replyTo(outcome)
  } catch (error) {
    context.log.error('smtp.message_failed', { session: session.id, error })
    return replyTo({ kind: 'failed' })
  } finally {
    context.budget.give(raw.length)
  }
}

function refusal({ kind }: Exclude<ReadOutcome, { kind: 'read' }>): SmtpReply {
  switch (kind) {
    case 'too-large':
      return tooLarge
    case 'no-room':
      return reply(451, '4.3.2', 'Too busy, try again later')
    case 'bare-line-end':
      return reply(550, '5.6.0', 'Message holds a bare line feed or carriage return')
    case 'too-slow':
      return reply(421, '4.4.2', 'Message comes too slowly')
    case 'cut-off':
      return reply(421, '4.4.2', 'Connection lost')
  }
}

/** RFC 3848. */
function protocolOf({ greeting, tls, user }: Session): Protocol {
  if (greeting?.isExtended !== true) return 'SMTP'
  if (user === null) return tls === null ? 'ESMTP' : 'ESMTPS'
  return tls === null ? 'ESMTPA' : 'ESMTPSA'
}
