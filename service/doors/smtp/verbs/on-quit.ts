import { malformed } from '../commands/parameters.ts'
import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'

/** QUIT (RFC 5321 section 4.1.1.10). */
export function onQuit(argument: string): Step {
  if (argument !== '') return { reply: malformed('QUIT takes nothing') }
  return { reply: reply(221, '2.0.0', 'Bye'), next: 'hang-up' }
}
