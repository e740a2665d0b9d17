import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'

/** HELP (RFC 5321 section 4.1.1.8). */
export function onHelp(): Step {
  return { reply: reply(214, '2.0.0', 'RFC 5321 and what EHLO lists') }
}
