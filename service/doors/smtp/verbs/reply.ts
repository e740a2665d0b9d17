import type { EnhancedStatus } from '../../../message/enhanced-status.ts'
import type { AcceptOutcome } from '../../../operations/accept-message.ts'

/** What a client is told. The text must not hold what the client sent: it is one line and printable by construction. */
export interface SmtpReply {
  readonly code: number
  readonly status: EnhancedStatus
  readonly text: string
}

export function reply(code: number, status: EnhancedStatus, text: string): SmtpReply {
  return { code, status, text }
}

/** The reply to DATA. `250` is said only of what is on disk. */
export function replyTo(outcome: AcceptOutcome): SmtpReply {
  switch (outcome.kind) {
    case 'queued':
      return reply(250, '2.0.0', `Ok: queued as ${outcome.message.id}`)
    case 'held':
      return reply(250, '2.0.0', `queued for review as ${outcome.message.id}`)
    case 'blocked':
      return reply(550, '5.7.1', `Message refused (verdict ${outcome.verdict.id})`)
    case 'hold-refused':
      return outcome.how === 'tempfail'
        ? reply(451, '4.7.1', `Message needs review, try again later (verdict ${outcome.verdict.id})`)
        : reply(550, '5.7.1', `Message needs review and was not accepted (verdict ${outcome.verdict.id})`)
    case 'overloaded':
      return reply(451, '4.3.2', 'Too busy, try again later')
    case 'loop':
      return reply(554, '5.4.6', `Mail loop: ${outcome.hops} hops`)
    case 'storage-full':
      return reply(452, '4.3.1', 'Insufficient system storage, try again later')
    case 'id-reused':
    case 'failed':
      return reply(451, '4.3.0', 'Local error, try again later')
  }
}

/** As smtp-server wants a refusal: an error whose message begins with the enhanced status. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
  readonly responseCode: number

  constructor({ code, status, text }: SmtpReply) {
    super(`${status} ${text}`)
    this.responseCode = code
  }
}
