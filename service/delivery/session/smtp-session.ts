import type { Socket } from 'node:net'
import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { cleanReply, readReply, type RecipientResult } from './reply.ts'

export interface SessionOptions {
  /** Connected already. */
  readonly socket: Socket
  /** Name for TLS; the certificate must carry it where it is checked. */
  readonly hostname: string
  readonly ehlo: string
  readonly tls: 'opportunistic' | 'required' | 'implicit' | 'off'
  readonly auth: { readonly user: string; readonly password: string } | null
  readonly socketTimeoutMs: number
}

export type OpenOutcome =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  /** `plaintext`: the TLS handshake failed where it was only tried; a new connection may go without. */
  | { readonly kind: 'refused'; readonly result: RecipientResult; readonly plaintext: boolean }

export interface SessionEnvelope {
  readonly from: string | null
  readonly to: readonly string[]
  readonly size: number
  readonly eightBit: boolean
}

export interface SendOutcome {
  /** By recipient. */
  readonly results: ReadonlyMap<string, RecipientResult>
  /** False after a fault that leaves the connection in doubt. */
  readonly reusable: boolean
}

/** One SMTP connection to another host, after greeting, EHLO, TLS and AUTH. Messages go one after the other. */
export interface SmtpSession {
  /** Never rejects: whatever happens is a result for each recipient. */
  send(envelope: SessionEnvelope, message: Buffer): Promise<SendOutcome>
  /** QUIT, then close. */
  quit(): void
  /** Close at once. */
  abort(): void
  readonly isOpen: boolean
}

/** Minutes for a greeting, as busy hosts need (RFC 5321 section 4.5.3.2.1 says 5; a queue may give up sooner). */
const greetingTimeoutMs = 60_000

/** Speaks the opening of the session. Resolves in any case. */
export async function openSession(options: SessionOptions): Promise<OpenOutcome> {
  const { socket, hostname, ehlo, tls, auth, socketTimeoutMs } = options
  const checked = tls === 'required' || tls === 'implicit'
  const connection = new SMTPConnection({
    connection: socket,
    host: hostname,
    name: ehlo,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    opportunisticTLS: tls === 'opportunistic',
    tls: { rejectUnauthorized: checked, minVersion: 'TLSv1.2' },
    greetingTimeout: greetingTimeoutMs,
    connectionTimeout: greetingTimeoutMs * 2,
    socketTimeout: socketTimeoutMs,
    logger: false
  })
  const opened = await connect(connection)
  if (opened !== undefined) {
    const tlsFailed = opened.code === 'ETLS' || connection.upgrading === true
    const plaintext = tls === 'opportunistic' && auth === null && tlsFailed
    connection.close()
    return { kind: 'refused', result: refusal(opened, '4.4.2'), plaintext }
  }
  const extensions = String(connection.lastServerResponse)
  if (auth !== null && tls !== 'off' && !connection.secure) {
    connection.close()
    return { kind: 'refused', result: passwordStays, plaintext: false }
  }
  const login = auth === null ? undefined : await logIn(connection, auth)
  if (login !== undefined) {
    connection.close()
    return { kind: 'refused', result: refusal(login, '4.7.0'), plaintext: false }
  }
  return { kind: 'open', session: createSession(connection, socket, extensions) }
}

/** Whoever sits in between could have taken STARTTLS out of the greeting to see it. */
const passwordStays: RecipientResult = {
  kind: 'deferred',
  reply: 'no encryption, so no password is sent',
  status: '4.7.0'
}

/**
 * What is refused before the message was mentioned is no fault of the message: a 5xx greeting, missing encryption, wrong credentials.
 * It waits, for another exchanger or for the operator.
 */
function refusal(fault: SmtpFault, status: EnhancedStatus): RecipientResult {
  return { kind: 'deferred', reply: toResult(fault).reply, status }
}

function createSession(connection: SMTPConnection, socket: Socket, extensions: string): SmtpSession {
  const smtpUtf8 = /[ -]SMTPUTF8\b/iu.test(extensions)
  let open = true
  let abandon = ignore
  connection.on('error', () => (open = false))
  connection.on('end', () => (open = false))
  return { send, quit, abort, get isOpen() { return open } } // prettier-ignore

  function send(envelope: SessionEnvelope, message: Buffer): Promise<SendOutcome> {
    if (!smtpUtf8 && needsUtf8(envelope))
      return Promise.resolve({ results: forAll(envelope.to, noUtf8), reusable: true })
    const { from, to, size, eightBit } = envelope
    const request = { ...(from !== null && { from }), to: [...to], size, use8BitMime: eightBit }
    return new Promise((resolve) => {
      // nodemailer forgets the message of a connection that is closed, so that ending is ours to tell
      abandon = () => resolve({ results: forAll(to, abandoned), reusable: false })
      connection.send(request, message, (error, info) => {
        abandon = ignore
        resolve({ results: toResults(to, error, info), reusable: open && isReusable(error) })
      })
    })
  }

  function quit(): void {
    if (open) connection.quit()
    else connection.close()
    open = false
  }

  function abort(): void {
    open = false
    connection.close()
    socket.destroy()
    abandon()
  }
}

function ignore(): void {
  return undefined
}

interface SentInfo {
  readonly response: string
  readonly rejectedErrors?: SendFault[] | undefined
}
type SendFault = SmtpFault & {
  readonly recipient?: string | undefined
  readonly rejectedErrors?: SendFault[] | undefined
}
type SmtpFault = Error & {
  readonly code?: string | undefined
  readonly response?: string | undefined
  readonly responseCode?: number | undefined
}

/** undefined when the session is ready. */
function connect(connection: SMTPConnection): Promise<SmtpFault | undefined> {
  return new Promise((resolve) => {
    connection.on('error', (error: SmtpFault) => resolve(error))
    connection.once('end', () => resolve(new Error('The connection was closed before the session began')))
    connection.connect((error) => resolve(error ?? undefined))
  })
}

function logIn(
  connection: SMTPConnection,
  { user, password }: { user: string; password: string }
): Promise<SmtpFault | undefined> {
  return new Promise((resolve) => {
    connection.once('end', () => resolve(new Error('The connection was closed during authentication')))
    connection.login({ user, pass: password }, (error) => resolve(error ?? undefined))
  })
}

function toResults(
  recipients: readonly string[],
  error: SendFault | null,
  info: SentInfo | undefined
): Map<string, RecipientResult> {
  const whole = error === null ? readReply(info?.response ?? '') : toResult(error)
  const results = new Map(recipients.map((one) => [one, whole]))
  for (const refused of (error ?? info)?.rejectedErrors ?? []) {
    if (refused.recipient !== undefined) results.set(refused.recipient, toResult(refused))
  }
  return results
}

/** After a reply that refuses a message the connection serves the next one; after anything else it is in doubt. */
function isReusable(error: SendFault | null): boolean {
  return error === null || (error.response !== undefined && error.responseCode !== 421)
}

/** An error with a reply is what the host said; one without is the network's, and passes. */
function toResult(error: SmtpFault): RecipientResult {
  if (error.response) return readReply(error.response)
  if (error.code === 'EMESSAGE') return { kind: 'failed', reply: cleanReply(error.message), status: '5.3.4' }
  return { kind: 'deferred', reply: cleanReply(error.message), status: '4.4.2' }
}

const abandoned: RecipientResult = {
  kind: 'deferred',
  reply: 'the attempt took too long and was ended',
  status: '4.4.7'
}

/** RFC 6531 section 3.2: such an address may only go to a host that offers SMTPUTF8. */
const noUtf8: RecipientResult = {
  kind: 'failed',
  reply: 'the next host does not take internationalised addresses (SMTPUTF8)',
  status: '5.6.7'
}

function needsUtf8({ from, to }: SessionEnvelope): boolean {
  return /[^\u0020-\u007e]/u.test([from ?? '', ...to].join(''))
}

function forAll(
  recipients: readonly string[],
  result: RecipientResult
): ReadonlyMap<string, RecipientResult> {
  return new Map(recipients.map((one) => [one, result]))
}
