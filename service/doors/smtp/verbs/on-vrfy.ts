import { malformed } from '../commands/parameters.ts'
import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'

/** VRFY: who exists is nobody's business (RFC 5321 section 3.5.3 and 7.3). */
export function onVrfy(argument: string): Step {
  if (argument === '') return { reply: malformed('VRFY takes an address') }
  return { reply: reply(252, '2.1.5', 'Cannot verify, but will try to deliver') }
}

/** EXPN: there are no lists here. */
export function onExpn(): Step {
  return { reply: reply(502, '5.5.1', 'Command not implemented') }
}
