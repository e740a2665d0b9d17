import { malformed } from '../commands/parameters.ts'
import type { DoorContext } from '../door-context.ts'
import type { Session, Step } from '../session/session.ts'
import type { Asked } from './verb.ts'

/** EHLO: what is offered (RFC 5321 section 4.1.1.1). It ends a transaction (section 4.1.4). */
export function onEhlo(name: string, { session, context }: Asked): Step {
  if (!isName(name)) return { reply: malformed('EHLO takes the name of the client') }
  return {
    reply: { code: 250, lines: [`${context.hostname} greets you`, ...keywords(session, context)] },
    change: { greeting: { name, isExtended: true }, transaction: null }
  }
}

/** HELO, for those who know nothing else. */
export function onHelo(name: string, { context }: Asked): Step {
  if (!isName(name)) return { reply: malformed('HELO takes the name of the client') }
  return {
    reply: { code: 250, lines: [context.hostname] },
    change: { greeting: { name, isExtended: false }, transaction: null }
  }
}

/** Any word: section 4.1.4 forbids to refuse a client for a name that proves nothing anyway. */
function isName(text: string): boolean {
  return text !== '' && text.length <= 255 && !/\s/u.test(text)
}

function keywords(session: Session, { kind, maxMessageBytes }: DoorContext): string[] {
  return [
    'PIPELINING',
    `SIZE ${maxMessageBytes}`,
    '8BITMIME',
    'SMTPUTF8',
    'ENHANCEDSTATUSCODES',
    'DSN',
    'MT-PRIORITY',
    session.tls === null ? 'STARTTLS' : 'REQUIRETLS',
    ...(kind !== 'relay' && mayLogIn(session) ? ['AUTH PLAIN LOGIN'] : [])
  ]
}

/** RFC 4954 section 4: where a password cannot be overheard. On loopback there is nobody in between. */
export function mayLogIn({ tls, client }: Session): boolean {
  return tls !== null || client.isLocal
}
