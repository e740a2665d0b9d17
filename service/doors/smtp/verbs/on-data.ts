import type {
  SMTPServerAddress,
  SMTPServerDataStream,
  SMTPServerOptions,
  SMTPServerSession
} from 'smtp-server'
import { takeIdentity } from '../../../message/identity-header.ts'
import { parseAddress, type Address } from '../../../message/address.ts'
import type { Envelope } from '../../../message/envelope.ts'
import { lastQueueId } from '../../../message/received-field.ts'
import type { Submission } from '../../../message/submission.ts'
import type { Protocol } from '../../../operations/trace-header.ts'
import type { DoorContext } from '../door-context.ts'
import type { SessionUser } from './on-auth.ts'
import { readMessage, type ReadOutcome } from './read-message.ts'
import { reply, ReplyError, replyTo, type SmtpReply } from './reply.ts'

/** DATA: reads the message, has it scored and kept, and only then answers (RFC 5321 section 4.1.1.4 and 6.1). */
export function createOnData(context: DoorContext): NonNullable<SMTPServerOptions['onData']> {
  const { metrics, failpoint, log } = context
  return function onData(stream, session, callback) {
    // A client that goes away makes the stream fail: reading it sees that, the event itself needs an ear
    stream.on('error', (error) => log.debug('smtp.data_cut_off', { error }))
    void answer()

    async function answer(): Promise<void> {
      const given = await receive(stream, session, context)
      metrics.count('sluice_smtp_replies_total', { code: String(given.code) })
      failpoint('before-250')
      if (given.code === 250) callback(null, `${given.status} ${given.text}`)
      else callback(new ReplyError(given))
      failpoint('after-250')
    }
  }
}

/** Resolves in any case. */
async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  context: DoorContext
): Promise<SmtpReply> {
  const read = await readMessage(stream, context.maxMessageBytes, context.budget)
  if (read.kind !== 'read') return refusal(read)
  try {
    const queueId = mayNameIdentity(session, context) ? lastQueueId(read.raw) : null
    const outcome = await context.acceptMessage(toSubmission(read.raw, session, context), {
      protocol: protocolOf(session),
      queueId
    })
    context.log.info('smtp.message_answered', {
      session: session.id,
      outcome: outcome.kind,
      sizeBytes: read.raw.length
    })
    return replyTo(outcome)
  } catch (error) {
    context.log.error('smtp.message_failed', { session: session.id, error })
    return replyTo({ kind: 'failed' })
  } finally {
    context.budget.give(read.raw.length)
  }
}

function refusal({ kind }: Exclude<ReadOutcome, { kind: 'read' }>): SmtpReply {
  switch (kind) {
    case 'too-large':
      return reply(552, '5.3.4', 'Message too large')
    case 'no-room':
      return reply(451, '4.3.2', 'Too busy, try again later')
    case 'bare-line-end':
      return reply(550, '5.6.0', 'Message holds a bare line feed or carriage return')
    case 'cut-off':
      return reply(451, '4.4.2', 'Connection lost')
  }
}

function toSubmission(received: Buffer, session: SMTPServerSession, context: DoorContext): Submission {
  const { kind, identityHeader, newId, clock } = context
  const trusted = mayNameIdentity(session, context)
  // A user who has logged in is who they are: a header of theirs is no identity header
  const header = { name: identityHeader, pattern: null }
  const { raw, identity } =
    kind === 'relay' ? takeIdentity(received, header, trusted) : { raw: received, identity: null }
  const user = userOf(session)
  return {
    id: newId(),
    requestId: null,
    caller: 'smtp',
    receivedAt: clock(),
    sender: identity,
    client: {
      ip: session.remoteAddress,
      helo: session.hostNameAppearsAs || null,
      port: session.remotePort,
      tls: session.tlsOptions
        ? { version: session.tlsOptions.version, cipher: session.tlsOptions.name }
        : null
    },
    auth: user && { user: user.name, method: user.method },
    envelope: toEnvelope(session),
    raw,
    sizeBytes: raw.length,
    learn: 'auto',
    explain: false
  }
}

/** A mail server of ours: who it says sends is who sends, and what it calls the message is what it asked about. */
function mayNameIdentity(session: SMTPServerSession, { kind, identityNetworks }: DoorContext): boolean {
  return kind === 'relay' && identityNetworks.has(session.remoteAddress)
}

/** The addresses were parsed when they were given. */
function toEnvelope({ envelope }: SMTPServerSession): Envelope {
  const { mailFrom, rcptTo } = envelope
  return {
    mailFrom: mailFrom ? (parseAddress(mailFrom.address) ?? null) : null,
    rcptTo: rcptTo.flatMap(toAddress)
  }
}

function toAddress({ address }: SMTPServerAddress): Address[] {
  const parsed = parseAddress(address)
  return parsed === undefined ? [] : [parsed]
}

/** Set by `onAuth` and nobody else. */
function userOf(session: SMTPServerSession): SessionUser | null {
  const user: unknown = session.user
  return isSessionUser(user) ? user : null
}

function isSessionUser(value: unknown): value is SessionUser {
  return typeof value === 'object' && value !== null && 'name' in value && 'method' in value
}

const protocols: ReadonlySet<string> = new Set([
  'SMTP',
  'ESMTP',
  'ESMTPS',
  'ESMTPA',
  'ESMTPSA'
] satisfies Protocol[])

function protocolOf({ transmissionType }: SMTPServerSession): Protocol {
  return isProtocol(transmissionType) ? transmissionType : 'SMTP'
}

function isProtocol(text: string): text is Protocol {
  return protocols.has(text)
}
