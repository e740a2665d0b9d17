import type { Step } from '../session/session.ts'
import { reply } from './reply.ts'

/** NOOP: whatever follows it is ignored (RFC 5321 section 4.1.1.9). */
export function onNoop(): Step {
  return { reply: reply(250, '2.0.0', 'OK') }
}
