import { onAuth } from './on-auth.ts'
import { onData } from './on-data.ts'
import { onEhlo, onHelo } from './on-ehlo.ts'
import { onExpn, onVrfy } from './on-vrfy.ts'
import { onHelp } from './on-help.ts'
import { onMailFrom } from './on-mail-from.ts'
import { onNoop } from './on-noop.ts'
import { onQuit } from './on-quit.ts'
import { onRcptTo } from './on-rcpt-to.ts'
import { onRset } from './on-rset.ts'
import { onStartTls } from './on-start-tls.ts'
import { reply } from './reply.ts'
import type { Asked, Verb } from './verb.ts'
import type { Step } from '../session/session.ts'

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['EHLO', onEhlo],
  ['HELO', onHelo],
  ['AUTH', onAuth],
  ['STARTTLS', onStartTls],
  ['MAIL', onMailFrom],
  ['RCPT', onRcptTo],
  ['DATA', onData],
  ['RSET', onRset],
  ['NOOP', onNoop],
  ['VRFY', onVrfy],
  ['EXPN', onExpn],
  ['HELP', onHelp],
  ['QUIT', onQuit]
])

/** Words of RFC 5321, its elders and its extensions that we know and do not offer (section 4.2.4). */
const notOffered: ReadonlySet<string> = new Set([
  'BDAT',
  'BURL',
  'ETRN',
  'ATRN',
  'TURN',
  'SEND',
  'SOML',
  'SAML'
])

/** Another protocol: a browser tricked into posting mail, or a proxy header of nobody we trust. */
const strangers: ReadonlySet<string> = new Set([
  'GET',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'PROXY',
  'HTTP/1.1'
])

/** RFC 4954 section 6: where one has to log in, this much is open before. */
const beforeLogin: ReadonlySet<string> = new Set([
  'EHLO',
  'HELO',
  'AUTH',
  'STARTTLS',
  'NOOP',
  'RSET',
  'HELP',
  'QUIT'
])

/** Answers one command. */
export function answerCommand(verb: string, argument: string, asked: Asked): Step | Promise<Step> {
  const { session, context } = asked
  if (strangers.has(verb)) return { reply: reply(554, '5.7.1', 'This is a mail server'), next: 'hang-up' }
  const answer = verbs.get(verb)
  if (answer === undefined)
    return {
      reply: notOffered.has(verb)
        ? reply(502, '5.5.1', 'Command not implemented')
        : reply(500, '5.5.2', 'Command not recognised')
    }
  const needsLogin = context.kind !== 'relay' && session.user === null
  if (needsLogin && !beforeLogin.has(verb)) return { reply: reply(530, '5.7.0', 'Authentication required') }
  return answer(argument, asked)
}
