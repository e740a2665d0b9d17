import type { LoginUser } from '../../../access/logins/login.ts'
import { malformed } from '../commands/parameters.ts'
import type { DoorContext } from '../door-context.ts'
import type { Session, SessionUser, Step } from '../session/session.ts'
import type { Talk } from '../session/talk.ts'
import { mayLogIn } from './on-ehlo.ts'
import { reply, type SmtpReply } from './reply.ts'
import type { Asked } from './verb.ts'

interface Credentials {
  readonly method: 'PLAIN' | 'LOGIN'
  readonly name: string
  readonly password: string
  /** For whom it wants to act, where it says so. */
  readonly actsFor: string
}

/** AUTH PLAIN and LOGIN against the back-end of the installation (RFC 4954). */
export async function onAuth(argument: string, { session, context, talk }: Asked): Promise<Step> {
  const wrong = outOfTurn(session, context)
  if (wrong !== null) return { reply: wrong }
  const [method = '', initial, ...more] = argument.split(/ +/u)
  if (method === '' || more.length > 0) return { reply: malformed('Syntax: AUTH PLAIN or AUTH LOGIN') }
  const given = await credentials(method.toUpperCase(), initial, talk)
  return 'code' in given ? { reply: given } : logIn(given, session, context)
}

function outOfTurn(session: Session, { kind }: DoorContext): SmtpReply | null {
  if (kind === 'relay') return reply(500, '5.5.2', 'Command not recognised')
  if (session.greeting?.isExtended !== true) return reply(503, '5.5.1', 'Send EHLO first')
  if (session.user !== null) return reply(503, '5.5.1', 'Already logged in')
  if (session.transaction !== null) return reply(503, '5.5.1', 'A message is under way')
  return mayLogIn(session) ? null : reply(538, '5.7.11', 'Encryption required: issue STARTTLS first')
}

async function credentials(
  method: string,
  initial: string | undefined,
  talk: Talk
): Promise<Credentials | SmtpReply> {
  if (method === 'PLAIN') return plain(initial ?? (await talk.ask('')))
  if (method !== 'LOGIN') return reply(504, '5.5.4', 'Unrecognised authentication type')
  const name = decode(initial ?? (await talk.ask('VXNlcm5hbWU6')))
  if (typeof name !== 'string') return name
  const password = decode(await talk.ask('UGFzc3dvcmQ6'))
  if (typeof password !== 'string') return password
  return { method: 'LOGIN', name, password, actsFor: '' }
}

/** RFC 4616 section 2: for whom, who, and the password. */
function plain(given: string | null): Credentials | SmtpReply {
  const decoded = decode(given)
  if (typeof decoded !== 'string') return decoded
  const [actsFor = '', name = '', password, ...more] = decoded.split('\0')
  if (password === undefined || name === '' || more.length > 0) return notReadable
  return { method: 'PLAIN', name, password, actsFor }
}

const notReadable = reply(501, '5.5.2', 'Credentials cannot be read')

/** RFC 4954 section 4: `*` takes the attempt back, `=` stands for nothing. */
function decode(given: string | null): string | SmtpReply {
  if (given === null) return reply(500, '5.5.6', 'Authentication exchange broken off')
  if (given === '*') return reply(501, '5.7.0', 'Authentication cancelled')
  if (given === '=') return ''
  const isBase64 = given.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/u.test(given)
  return isBase64 || given === '' ? Buffer.from(given, 'base64').toString('utf8') : notReadable
}

async function logIn(given: Credentials, session: Session, context: DoorContext): Promise<Step> {
  const { throttle, limits, log } = context
  const { ip } = session.client
  if (throttle.isBanned(ip)) return banned(session, context)
  await throttle.slowDown(ip, given.name)
  let user: LoginUser | undefined
  try {
    user = await check(given, session, context)
  } catch (error) {
    log.warn('smtp.auth_unavailable', { ip, error })
    return { reply: reply(454, '4.7.0', 'Temporary authentication failure') }
  }
  if (user === undefined) return refuse(given, session, context)
  throttle.succeeded(ip, given.name)
  if (!limits.claimUser(session.client, user.name)) {
    context.metrics.count('sluice_smtp_refused_total', { cause: 'too-many-of-user' })
    log.warn('smtp.connection_refused', { ip, user: user.name, cause: 'too-many-of-user' })
    return { reply: reply(421, '4.7.0', 'Too many connections of this user'), next: 'hang-up' }
  }
  const known: SessionUser = { name: user.name, method: given.method, identities: user.identities }
  return { reply: reply(235, '2.7.0', 'Authentication successful'), change: { user: known } }
}

function banned(session: Session, { metrics, log }: DoorContext): Step {
  metrics.count('sluice_smtp_refused_total', { cause: 'banned' })
  log.info('smtp.connection_refused', { ip: session.client.ip, cause: 'banned' })
  return { reply: reply(421, '4.7.0', 'Too many failed logins, try again later'), next: 'hang-up' }
}

/** RFC 4616 section 2: an authorisation identity other than the user's own asks to act for somebody else. Nobody may. */
async function check(
  { name, password, actsFor }: Credentials,
  { client, tls }: Session,
  { logins }: DoorContext
): Promise<LoginUser | undefined> {
  if (actsFor !== '' && actsFor.toLowerCase() !== name.toLowerCase()) return undefined
  return logins.authenticate({ name, password, ip: client.ip, isSecure: tls !== null })
}

async function refuse(
  { name, method }: Credentials,
  { client }: Session,
  { throttle, log, metrics }: DoorContext
): Promise<Step> {
  log.info('smtp.auth_failed', { ip: client.ip, user: name, method })
  metrics.count('sluice_smtp_logins_failed_total', { method })
  const next = await throttle.failed(client, client.ip, name)
  return next === 'hang-up'
    ? { reply: reply(421, '4.7.0', 'Too many failed logins'), next: 'hang-up' }
    : { reply: reply(535, '5.7.8', 'Authentication credentials invalid') }
}
