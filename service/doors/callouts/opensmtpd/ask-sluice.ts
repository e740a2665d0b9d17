import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { SmtpSession } from './smtp-session.ts'
import { parseScanAnswer, type ScanOutcome } from './scan-answer.ts'

/** Where Sluice's rspamd listener is: a port, or a unix socket. */
export type SluiceAddress = { readonly host: string; readonly port: number } | { readonly socketPath: string }

export interface AskSluiceOptions {
  readonly address: SluiceAddress
  /** From the question's first byte to the answer's last. */
  readonly timeoutMs: number
  /** By which Sluice chooses the client's profile. */
  readonly settingsId: string
  readonly password: string | null
  readonly version: string
}

/** A message and what is known of it. */
export interface ScanQuestion {
  readonly session: Pick<SmtpSession, 'client' | 'user' | 'transaction'>
  readonly raw: Uint8Array
}

/** Resolves in any case. `signal`: the client has gone, nobody wants the answer any more. */
export type AskSluice = (question: ScanQuestion, signal: AbortSignal) => Promise<ScanOutcome>

/** An answer is some kilobytes. */
const maxAnswerBytes = 1_048_576

/** Asks the running Sluice as rspamd is asked: `POST /checkv2`. */
export function createAskSluice(options: AskSluiceOptions): AskSluice {
  const { address, timeoutMs } = options
  return async function askSluice(question, gone) {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(timeoutMs)])
    const headers = headersOf(question, options)
    try {
      const answer = await exchange({ ...address, headers, signal }, question.raw)
      if (answer.status !== 200) return { kind: 'failed', cause: `HTTP status ${answer.status}` }
      return parseScanAnswer(answer.text)
    } catch (error) {
      return { kind: 'failed', cause: signal.aborted ? `no answer within ${timeoutMs} ms` : causeOf(error) }
    }
  }
}

type Target = SluiceAddress & { readonly headers: OutgoingHttpHeaders; readonly signal: AbortSignal }

async function exchange(target: Target, body: Uint8Array): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    // A connection a question: one that is kept open may be gone when it is needed
    const request = httpRequest({ ...target, method: 'POST', path: '/checkv2', agent: false })
    request.on('error', reject)
    request.on('response', (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
    })
    request.end(body)
  })
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > maxAnswerBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function headersOf(
  { session, raw }: ScanQuestion,
  { settingsId, password, version }: AskSluiceOptions
): OutgoingHttpHeaders {
  const { client, user, transaction } = session
  const said: Readonly<Record<string, string | null>> = {
    'Settings-ID': settingsId,
    Password: password,
    IP: client.ip,
    Helo: client.helo,
    User: user,
    From: transaction.mailFrom || '<>',
    'Queue-ID': transaction.id,
    'TLS-Version': client.tls?.version ?? null,
    'TLS-Cipher': client.tls?.cipher ?? null
  }
  const known = Object.entries(said).flatMap(([name, value]) =>
    value === null ? [] : [[name, headerText(value)]]
  )
  return {
    'User-Agent': `sluice-filter-opensmtpd/${version}`,
    'Content-Type': 'message/rfc822',
    'Content-Length': raw.length,
    ...Object.fromEntries(known),
    Rcpt: transaction.rcptTo.map(headerText)
  }
}

/** HTTP's header fields are bytes: UTF-8 goes as it is, what is no text is left out (RFC 9110 section 5.5). */
function headerText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly these are not allowed
  return Buffer.from(text.replaceAll(/[\u0000-\u001f\u007f]/gu, ''), 'utf8').toString('latin1')
}

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
