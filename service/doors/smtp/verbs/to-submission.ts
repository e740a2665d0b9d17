import { takeIdentity } from '../../../message/identity-header.ts'
import type { MailParameters } from '../../../message/mail-parameters.ts'
import type { Submission } from '../../../message/submission.ts'
import type { DoorContext } from '../door-context.ts'
import type { Session, Transaction } from '../session/session.ts'

/** What a connection has gathered, as every room reads it. */
export function toSubmission(
  received: Buffer,
  session: Session,
  transaction: Transaction,
  context: DoorContext
): Submission {
  const { client, greeting, tls, user } = session
  const { raw, identity } = identify(received, session, context)
  const { mailFrom, rcptTo } = transaction
  const parameters = toParameters(transaction)
  return {
    id: context.newId(),
    requestId: null,
    caller: 'smtp',
    receivedAt: context.clock(),
    sender: identity,
    client: { ip: client.ip, helo: greeting?.name ?? null, port: client.port, tls },
    auth: user && {
      user: user.name,
      method: user.method,
      ...(user.identities && { identities: user.identities })
    },
    envelope: { mailFrom, rcptTo },
    ...(parameters && { parameters }),
    raw,
    sizeBytes: raw.length,
    learn: 'auto',
    explain: false
  }
}

/** A user who has logged in is who they are: a header of theirs is no identity header. */
function identify(
  received: Buffer,
  session: Session,
  context: DoorContext
): { readonly raw: Uint8Array; readonly identity: string | null } {
  if (context.kind !== 'relay') return { raw: received, identity: null }
  return takeIdentity(received, context.identityHeader, mayNameIdentity(session, context))
}

/** A mail server of ours: who it says sends is who sends, and what it calls the message is what it asked about. */
export function mayNameIdentity({ client }: Session, { kind, identityNetworks }: DoorContext): boolean {
  return kind === 'relay' && identityNetworks.has(client.ip)
}

/** undefined: nothing was asked for. */
function toParameters({ parameters, recipients }: Transaction): MailParameters | undefined {
  const { ret, envid, requireTls, smtpUtf8, mtPriority } = parameters
  const isPlain = ret === null && envid === null && !requireTls && !smtpUtf8 && mtPriority === null
  if (isPlain && Object.keys(recipients).length === 0) return undefined
  return { ret, envid, requireTls, smtpUtf8, mtPriority, recipients }
}
