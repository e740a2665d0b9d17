import { createDialogue, type Dialogue } from './dialogue.ts'
import type { SessionEnvelope } from './envelope-commands.ts'
import type { Offers } from './offers.ts'
import { openDialogue } from './open-dialogue.ts'
import type { RecipientResult } from './reply.ts'
import type { SessionOptions } from './session-options.ts'
import type { TlsResult } from './tls-demand.ts'
import { transact, type CommandTimeouts } from './transaction.ts'

export type OpenOutcome =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | {
      readonly kind: 'refused'
      readonly result: RecipientResult
      /** The TLS handshake failed where it was only tried: a new connection may go without. */
      readonly plaintext: boolean
      /** The host answered, but not with the encryption that is demanded. */
      readonly isUnmet?: boolean
    }

export interface SendOutcome {
  /** By recipient. */
  readonly results: ReadonlyMap<string, RecipientResult>
  /** False after a fault that leaves the connection in doubt. */
  readonly reusable: boolean
  /** The host left before it answered anything of this message. */
  readonly isStale?: boolean
}

/** One SMTP or LMTP connection to another host, after greeting, EHLO, TLS and AUTH. Messages go one after the other. */
export interface SmtpSession {
  /** Never rejects: whatever happens is a result for each recipient. Line ends of the message are CRLF. */
  send(envelope: SessionEnvelope, message: Buffer): Promise<SendOutcome>
  /** QUIT, then close. */
  quit(): void
  /** Close at once. */
  abort(): void
  readonly isOpen: boolean
  /** The end of the message has not left us: whoever breaks off now knows that nobody has taken it. */
  readonly isWithdrawable: boolean
  readonly offers: Offers
  /** null: unencrypted. */
  readonly tls: TlsResult | null
}

/** Speaks the opening of the session. Resolves in any case. */
export async function openSession(options: SessionOptions): Promise<OpenOutcome> {
  options.socket.setNoDelay(true).setKeepAlive(true, keepAliveMs)
  const dialogue = createDialogue(options.socket)
  const opened = await openDialogue(dialogue, options)
  if (opened.kind === 'refused') {
    dialogue.end('refused')
    return opened
  }
  return { kind: 'open', session: createSession(dialogue, opened, options) }
}

const keepAliveMs = 60_000
/** Of QUIT: whoever does not answer by then is left. */
const quitMs = 5_000

function createSession(
  dialogue: Dialogue,
  { offers, tls }: { readonly offers: Offers; readonly tls: TlsResult | null },
  { protocol = 'smtp', socketTimeoutMs }: SessionOptions
): SmtpSession {
  const timeouts = timeoutsWithin(socketTimeoutMs)
  let mustReset = false
  return { send, quit, abort, offers, tls, get isOpen() { return isOpen() }, get isWithdrawable() { return dialogue.isWithdrawable } } // prettier-ignore

  async function send(envelope: SessionEnvelope, message: Buffer): Promise<SendOutcome> {
    const sent = await transact(envelope, message, { dialogue, offers, protocol, mustReset, timeouts })
    ;({ mustReset } = sent)
    const { results, isStale = false } = sent
    return { results, reusable: sent.reusable && isOpen(), isStale }
  }

  function isOpen(): boolean {
    return dialogue.isOpen && !dialogue.hasUnheard
  }

  function quit(): void {
    if (isOpen()) dialogue.say('QUIT\r\n')
    void dialogue.hear(quitMs).then(() => dialogue.end('said goodbye'))
  }

  function abort(): void {
    dialogue.end('the attempt took too long and was ended')
  }
}

/** RFC 5321 section 4.5.3.2: five minutes for a command, two for DATA, ten for what follows the message. */
function timeoutsWithin(mostMs: number): CommandTimeouts {
  return {
    commandMs: Math.min(mostMs, 300_000),
    dataMs: Math.min(mostMs, 120_000),
    finalMs: Math.min(mostMs, 600_000)
  }
}
