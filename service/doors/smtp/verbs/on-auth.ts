import type { SMTPServerAuthentication, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import type { DoorContext } from '../door-context.ts'
import { reply, ReplyError, type SmtpReply } from './reply.ts'

/** What smtp-server keeps as `session.user`. */
export interface SessionUser {
  readonly name: string
  readonly method: string
}

type Outcome =
  { readonly kind: 'in'; readonly user: SessionUser } | { readonly kind: 'out'; readonly reply: SmtpReply }

/** AUTH PLAIN and LOGIN against the back-end of the installation (RFC 4954). */
export function createOnAuth(context: DoorContext): NonNullable<SMTPServerOptions['onAuth']> {
  return function onAuth(auth, session, callback) {
    void answer()

    async function answer(): Promise<void> {
      const outcome = await decide(auth, session, context)
      if (outcome.kind === 'in') callback(null, { user: outcome.user })
      else callback(new ReplyError(outcome.reply))
    }
  }
}

/** Resolves in any case. */
async function decide(
  auth: SMTPServerAuthentication,
  session: SMTPServerSession,
  context: DoorContext
): Promise<Outcome> {
  const { throttle, logins, log } = context
  const ip = session.remoteAddress
  if (throttle.isBanned(ip)) return out(454, '4.7.0', 'Too many failed logins, try again later')
  try {
    const user = actsForItself(auth)
      ? await logins.authenticate({
          name: auth.username ?? '',
          password: auth.password ?? '',
          ip,
          isSecure: session.secure
        })
      : undefined
    if (user !== undefined) {
      throttle.succeeded(ip)
      return { kind: 'in', user: { name: user.name, method: auth.method } }
    }
  } catch (error) {
    log.warn('smtp.auth_unavailable', { ip, error })
    return out(454, '4.7.0', 'Temporary authentication failure')
  }
  log.info('smtp.auth_failed', { ip, user: auth.username, method: auth.method })
  const next = await throttle.failed(session, ip)
  return next === 'hang-up'
    ? out(421, '4.7.0', 'Too many failed logins')
    : out(535, '5.7.8', 'Authentication credentials invalid')
}

/** RFC 4616 section 2: an authorisation identity other than the user's own asks to act for somebody else. Nobody may. */
function actsForItself({ authzid, authcid }: SMTPServerAuthentication): boolean {
  return !authzid || !authcid || authzid.toLowerCase() === authcid.toLowerCase()
}

function out(code: number, status: SmtpReply['status'], text: string): Outcome {
  return { kind: 'out', reply: reply(code, status, text) }
}
