import { malformed } from '../commands/parameters.ts'
import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'
import type { Asked } from './verb.ts'

/** STARTTLS (RFC 3207): what was said in the clear is forgotten, by both sides (section 4.2). */
export function onStartTls(argument: string, { session }: Asked): Step {
  if (argument !== '') return { reply: malformed('STARTTLS takes nothing') }
  if (session.tls !== null) return { reply: reply(503, '5.5.1', 'TLS is already active') }
  return {
    reply: reply(220, '2.0.0', 'Ready to start TLS'),
    change: { greeting: null, user: null, transaction: null },
    next: 'start-tls'
  }
}
