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
      return reply(250, '2.0.0', `${whyHeld(outcome.limited)} as ${outcome.message.id}`)
    case 'limited':
      return aboveLimit(outcome)
    case 'blocked':
      return reply(550, '5.7.1', `${whyRefused(outcome.verdict)} (verdict ${outcome.verdict.id})`)
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

type Outcome<Kind extends AcceptOutcome['kind']> = Extract<AcceptOutcome, { kind: Kind }>

function whyHeld(limited: Outcome<'held'>['limited']): string {
  if (limited === undefined) return 'queued for review'
  const { recoversAt } = limited
  return recoversAt === null
    ? 'above a sending limit, queued for review'
    : `above a sending limit, queued until ${toTime(recoversAt)}`
}

/** What no limit has room for is not worth another try. */
function aboveLimit({ limited: { recoversAt }, verdict }: Outcome<'limited'>): SmtpReply {
  return recoversAt === null
    ? reply(550, '5.7.1', `Message is larger than a sending limit (verdict ${verdict.id})`)
    : reply(
        452,
        '4.7.1',
        `Sending limit reached, try again after ${toTime(recoversAt)} (verdict ${verdict.id})`
      )
}

function whyRefused({ reasons }: Outcome<'blocked'>['verdict']): string {
  const codes = reasons.map(({ code }) => code)
  if (codes.includes('FROM_NOT_OWNED')) return 'From is not an address of the sender'
  if (codes.includes('ENVELOPE_NOT_OWNED')) return 'MAIL FROM is not an address of the sender'
  return 'Message refused'
}

/** To the minute, and not too early. */
function toTime(at: number): string {
  const whole = new Date(Math.ceil(at / 60_000) * 60_000)
  return `${whole.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
