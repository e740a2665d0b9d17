import { malformed } from '../commands/parameters.ts'
import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'

/** RSET: forgets the message under way, and nothing else (RFC 5321 section 4.1.1.5). */
export function onRset(argument: string): Step {
  if (argument !== '') return { reply: malformed('RSET takes nothing') }
  return { reply: reply(250, '2.0.0', 'Ok'), change: { transaction: null } }
}
