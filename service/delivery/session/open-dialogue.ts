import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import type { Dialogue, Heard } from './dialogue.ts'
import { noOffers, readOffers, type Offers } from './offers.ts'
import { cleanReply, type RecipientResult } from './reply.ts'
import type { SessionOptions } from './session-options.ts'
import { startTls } from './start-tls.ts'
import type { TlsResult } from './tls-demand.ts'

/** After greeting, EHLO, TLS and AUTH. */
export type Opened =
  { readonly kind: 'open'; readonly offers: Offers; readonly tls: TlsResult | null } | Refused

interface Refused {
  readonly kind: 'refused'
  readonly result: RecipientResult
  /** TLS failed where it was only tried: a new connection may go without. */
  readonly plaintext: boolean
  /** The host answered, but not with the encryption that is demanded. */
  readonly isUnmet?: boolean
}

/** Minutes for a greeting, as busy hosts need (RFC 5321 section 4.5.3.2.1 says 5; a queue may give up sooner). */
const greetingMs = 60_000
const handshakeMs = 30_000

/** The opening of the session. Resolves in any case. */
export async function openDialogue(dialogue: Dialogue, options: SessionOptions): Promise<Opened> {
  const patience = patienceOf(options)
  let tls: TlsResult | null = null
  if (options.demand.start === 'at-once') {
    const secured = await secure(dialogue, options, false)
    if ('kind' in secured) return secured
    tls = secured.tls
  }
  const greeting = await dialogue.hear(Math.min(patience, greetingMs))
  if (!isCode(greeting, 220)) return refused(greeting, '4.4.2')
  const plain = await greet(dialogue, options)
  if ('kind' in plain) return plain
  let { offers } = plain
  if (tls === null && options.demand.start !== 'never') {
    const upgraded = await upgrade(dialogue, offers, options)
    if ('kind' in upgraded) return upgraded
    tls = upgraded.tls
    if (upgraded.offers !== null) offers = upgraded.offers
  }
  const fault = await logIn(dialogue, offers, tls, options)
  return fault ?? { kind: 'open', offers, tls }
}

function patienceOf({ socketTimeoutMs }: SessionOptions): number {
  return Math.min(socketTimeoutMs, 300_000)
}

/** EHLO; HELO to who does not know it (RFC 5321 section 3.2). */
async function greet(
  dialogue: Dialogue,
  options: SessionOptions
): Promise<{ readonly offers: Offers } | Refused> {
  const { ehlo, protocol = 'smtp' } = options
  const patience = patienceOf(options)
  const heard = await ask(dialogue, `${protocol === 'lmtp' ? 'LHLO' : 'EHLO'} ${ehlo}`, patience)
  if ('reply' in heard && isCode(heard, 250)) return { offers: readOffers(heard.reply.lines) }
  if (protocol === 'lmtp' || 'silence' in heard || heard.reply.code < 500) return refused(heard, '4.4.2')
  const helo = await ask(dialogue, `HELO ${ehlo}`, patience)
  return isCode(helo, 250) ? { offers: noOffers } : refused(helo, '4.4.2')
}

/** STARTTLS (RFC 3207) as the demand has it; without TLS `offers` is null: those from before hold. */
async function upgrade(
  dialogue: Dialogue,
  offers: Offers,
  options: SessionOptions
): Promise<{ readonly tls: TlsResult | null; readonly offers: Offers | null } | Refused> {
  const mayGoWithout = options.demand.start === 'try'
  if (!offers.startTls) return mayGoWithout ? { tls: null, offers: null } : noEncryption
  const heard = await ask(dialogue, 'STARTTLS', patienceOf(options))
  if ('silence' in heard)
    return { ...refused(heard, '4.7.5'), plaintext: mayGoWithout && options.auth === null }
  if (heard.reply.code !== 220)
    return mayGoWithout && heard.reply.code !== 421 ? { tls: null, offers: null } : refused(heard, '4.7.5')
  const secured = await secure(dialogue, options, mayGoWithout && options.auth === null)
  if ('kind' in secured) return secured
  // What was offered before may have been anybody's word (RFC 3207 section 4.2)
  const again = await greet(dialogue, options)
  return 'kind' in again ? again : { tls: secured.tls, offers: again.offers }
}

async function secure(
  dialogue: Dialogue,
  options: SessionOptions,
  plaintext: boolean
): Promise<{ readonly tls: TlsResult } | Refused> {
  const { hostname, demand, authorities } = options
  if (dialogue.hasUnheard) {
    dialogue.end('the host spoke before TLS began')
    return { kind: 'refused', result: deferral('the host spoke before TLS began', '4.7.5'), plaintext: false }
  }
  const { socket } = dialogue
  dialogue.pause()
  const timeoutMs = Math.min(options.socketTimeoutMs, handshakeMs)
  const outcome = await startTls({ socket, hostname, demand, timeoutMs, authorities })
  if (outcome.kind === 'failed') {
    dialogue.end(outcome.why)
    return {
      kind: 'refused',
      result: deferral(outcome.why, '4.7.5'),
      plaintext: plaintext && outcome.cause === 'handshake',
      isUnmet: outcome.cause === 'unproven'
    }
  }
  dialogue.moveTo(outcome.socket)
  return { tls: outcome.tls }
}

async function logIn(
  dialogue: Dialogue,
  offers: Offers,
  tls: TlsResult | null,
  options: SessionOptions
): Promise<Refused | null> {
  const { auth, demand } = options
  if (auth === null) return null
  // Whoever sits in between could have taken STARTTLS out of the greeting to see it
  if (tls === null && demand.start !== 'never') return passwordStays
  const patience = patienceOf(options)
  const heard = await (isLoginOnly(offers)
    ? sayLogin(dialogue, auth, patience)
    : ask(dialogue, `AUTH PLAIN ${base64(`\0${auth.user}\0${auth.password}`)}`, patience))
  return isCode(heard, 235) ? null : refused(heard, '4.7.0')
}

function isLoginOnly({ auth }: Offers): boolean {
  return auth.includes('LOGIN') && !auth.includes('PLAIN')
}

async function sayLogin(
  dialogue: Dialogue,
  { user, password }: { readonly user: string; readonly password: string },
  patience: number
): Promise<Heard> {
  const asked = await ask(dialogue, 'AUTH LOGIN', patience)
  if (!isCode(asked, 334)) return asked
  const named = await ask(dialogue, base64(user), patience)
  return isCode(named, 334) ? ask(dialogue, base64(password), patience) : named
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function ask(dialogue: Dialogue, command: string, timeoutMs: number): Promise<Heard> {
  dialogue.say(`${command}\r\n`)
  return dialogue.hear(timeoutMs)
}

function isCode(heard: Heard, code: number): boolean {
  return 'reply' in heard && heard.reply.code === code
}

/**
 * What is refused before the message was mentioned is no fault of the message: a 5xx greeting, missing encryption, wrong credentials.
 * It waits, for another exchanger or for the operator.
 */
function refused(heard: Heard, status: EnhancedStatus): Refused {
  const text = 'reply' in heard ? heard.reply.text : heard.silence.why
  return { kind: 'refused', result: deferral(text, status), plaintext: false }
}

function deferral(text: string, status: EnhancedStatus): RecipientResult {
  return { kind: 'deferred', reply: cleanReply(text), status }
}

const noEncryption: Refused = {
  kind: 'refused',
  result: deferral('the host offers no encryption, which is required here', '4.7.10'),
  plaintext: false,
  isUnmet: true
}

const passwordStays: Refused = {
  kind: 'refused',
  result: deferral('no encryption, so no password is sent', '4.7.0'),
  plaintext: false
}
