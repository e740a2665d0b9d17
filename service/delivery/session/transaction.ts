import type { Dialogue, Heard } from './dialogue.ts'
import { dotStuffed } from './dot-stuffing.ts'
import {
  hasAsciiForm,
  isSpeakable,
  mailCommand,
  recipientCommand,
  type SessionEnvelope
} from './envelope-commands.ts'
import type { Offers } from './offers.ts'
import type { Reply } from './reply-reader.ts'
import { cleanReply, readReply, type RecipientResult } from './reply.ts'

export interface TransactionOptions {
  readonly dialogue: Dialogue
  readonly offers: Offers
  /** LMTP answers for each recipient after the message (RFC 2033 section 4.2). */
  readonly protocol: 'smtp' | 'lmtp'
  /** The last transaction was broken off: RSET goes first. */
  readonly mustReset: boolean
  readonly timeouts: CommandTimeouts
}

/** RFC 5321 section 4.5.3.2, or less. */
export interface CommandTimeouts {
  readonly commandMs: number
  readonly dataMs: number
  readonly finalMs: number
}

export interface Transacted {
  readonly results: ReadonlyMap<string, RecipientResult>
  /** The connection takes another message. */
  readonly reusable: boolean
  /** Before it does, RSET. */
  readonly mustReset: boolean
  /** The host left before it answered anything of this message. */
  readonly isStale?: boolean
}

/** One message to the recipients that it can have here. Never rejects: whatever happens is a result for each of them. */
export async function transact(
  envelope: SessionEnvelope,
  message: Buffer,
  options: TransactionOptions
): Promise<Transacted> {
  const faults = new Map<string, RecipientResult>(
    envelope.to.flatMap((one) => {
      const fault = faultOf(one, envelope, options.offers)
      return fault === null ? [] : [[one, fault] as const]
    })
  )
  const to = envelope.to.filter((one) => !faults.has(one))
  if (to.length === 0) return { results: faults, reusable: true, mustReset: options.mustReset }
  const sent = await send({ ...envelope, to }, message, options)
  return { ...sent, results: inOrder(envelope.to, [faults, sent.results]) }
}

/** Recipients as they were given; of each the first result. */
function inOrder(
  to: readonly string[],
  told: readonly ReadonlyMap<string, RecipientResult>[]
): ReadonlyMap<string, RecipientResult> {
  return new Map(
    to.flatMap((one) =>
      told
        .flatMap((results) => results.get(one) ?? [])
        .slice(0, 1)
        .map((result) => [one, result] as const)
    )
  )
}

/** What speaks against a recipient before a word is said. */
function faultOf(address: string, envelope: SessionEnvelope, offers: Offers): RecipientResult | null {
  const { from, size, utf8Header } = envelope
  if (!isSpeakable(address) || !isSpeakable(from ?? '')) return unspeakable
  if (offers.maxSizeBytes !== null && offers.maxSizeBytes > 0 && size > offers.maxSizeBytes)
    return tooLarge(offers.maxSizeBytes)
  if (offers.smtpUtf8) return null
  return utf8Header === true || !hasAsciiForm(address) || !hasAsciiForm(from ?? '') ? noUtf8 : null
}

const unspeakable: RecipientResult = {
  kind: 'failed',
  reply: 'the address holds characters that no command may',
  status: '5.1.3'
}

/** RFC 6531 section 3.2: such an address may only go to a host that offers SMTPUTF8. */
const noUtf8: RecipientResult = {
  kind: 'failed',
  reply: 'the next host does not take internationalised addresses (SMTPUTF8)',
  status: '5.6.7'
}

function tooLarge(maxSizeBytes: number): RecipientResult {
  return {
    kind: 'failed',
    reply: `the next host takes messages of at most ${maxSizeBytes} bytes`,
    status: '5.3.4'
  }
}

async function send(
  envelope: SessionEnvelope,
  message: Buffer,
  options: TransactionOptions
): Promise<Transacted> {
  const { dialogue, offers, timeouts, protocol } = options
  const ask = askerOf(envelope, options)
  const { results, accepted, lost, isStale } = await sayEnvelope(envelope, ask, options)
  if (isStale) return { results, reusable: false, mustReset: true, isStale }
  if (!offers.pipelining && accepted.length === 0)
    return { results, reusable: isUsable(dialogue, lost), mustReset: true }
  const go = await ask('DATA', timeouts.dataMs)
  const body = { accepted, message, protocol, dialogue, timeouts, dsn: offers.dsn }
  const ended = await finish(go, body, lost !== null)
  return {
    ...ended,
    results: new Map([...results, ...ended.results]),
    reusable: ended.reusable && isUsable(dialogue, lost)
  }
}

interface SaidEnvelope {
  /** Of those who get nothing. */
  readonly results: ReadonlyMap<string, RecipientResult>
  readonly accepted: readonly string[]
  /** What ended it for all that followed; null: nothing. */
  readonly lost: Heard | null
  readonly isStale: boolean
}

/** RSET if need be, MAIL, and RCPT for each. */
async function sayEnvelope(
  envelope: SessionEnvelope,
  ask: Ask,
  { offers, mustReset, timeouts: { commandMs } }: TransactionOptions
): Promise<SaidEnvelope> {
  const { to } = envelope
  if (mustReset) await ask('RSET', commandMs)
  const mail = await ask(mailCommand(envelope, offers), commandMs)
  if (hasLeft(mail)) return { results: forAll(to, resultOf(mail)), accepted: [], lost: mail, isStale: true }
  const results = new Map<string, RecipientResult>()
  let lost: Heard | null = isPositive(mail) ? null : mail
  for (const one of to) {
    // What was said at once is answered all the same; otherwise whoever is silent or leaves is not asked again
    const heard: Heard =
      lost === null || offers.pipelining
        ? await ask(recipientCommand(one, envelope, offers), commandMs)
        : lost
    if (isOver(heard)) lost ??= heard
    if (lost !== null || !isPositive(heard)) results.set(one, resultOf(lost ?? heard))
  }
  return { results, accepted: to.filter((one) => !results.has(one)), lost, isStale: false }
}

type Ask = (command: string, timeoutMs: number) => Promise<Heard>

/** All at once where the host takes it so (RFC 2920), the answers coming in the same order; else each by itself. */
function askerOf(envelope: SessionEnvelope, { dialogue, offers, mustReset }: TransactionOptions): Ask {
  if (!offers.pipelining) {
    return (command, timeoutMs) => {
      dialogue.say(`${command}\r\n`)
      return dialogue.hear(timeoutMs)
    }
  }
  const commands = [
    ...(mustReset ? ['RSET'] : []),
    mailCommand(envelope, offers),
    ...envelope.to.map((one) => recipientCommand(one, envelope, offers)),
    'DATA'
  ]
  dialogue.say(`${commands.join('\r\n')}\r\n`)
  return (_, timeoutMs) => dialogue.hear(timeoutMs)
}

interface Body {
  readonly accepted: readonly string[]
  readonly message: Buffer
  readonly protocol: 'smtp' | 'lmtp'
  readonly dialogue: Dialogue
  readonly timeouts: CommandTimeouts
  readonly dsn: boolean
}

/** A host that takes a message before it was sent has taken nothing. */
const outOfOrder: Heard = { silence: { kind: 'garbage', why: 'the host answered DATA out of order' } }

/** From the answer to DATA to the last of the replies. */
async function finish(go: Heard, body: Body, isLost: boolean): Promise<Transacted> {
  const { accepted, message, dialogue, timeouts } = body
  const isInvited = 'reply' in go && go.reply.code === 354
  if (accepted.length === 0) {
    if (!isInvited) return { results: new Map(), reusable: 'reply' in go, mustReset: true }
    // RFC 2920 section 3.1: whoever asks for a message that nobody gets has an empty one
    if (isLost) dialogue.end('DATA was taken after MAIL was refused')
    dialogue.say('.\r\n')
    const heard = await dialogue.hear(timeouts.finalMs)
    return { results: new Map(), reusable: 'reply' in heard, mustReset: true }
  }
  if (!isInvited) return allOf(accepted, isPositive(go) ? outOfOrder : go, dialogue)
  dialogue.say(dotStuffed(message))
  return body.protocol === 'lmtp' ? hearEach(body) : hearOnce(body)
}

async function hearOnce({ accepted, dialogue, timeouts, dsn }: Body): Promise<Transacted> {
  const heard = await dialogue.hear(timeouts.finalMs)
  const result = withReach(resultOf(heard), dsn ? 'passed-on' : null)
  return { results: forAll(accepted, result), reusable: isUsable(dialogue, heard), mustReset: false }
}

async function hearEach({ accepted, dialogue, timeouts }: Body): Promise<Transacted> {
  const results = new Map<string, RecipientResult>()
  let last: Heard | null = null
  for (const one of accepted) {
    last = await dialogue.hear(timeouts.finalMs)
    results.set(one, withReach(resultOf(last), 'final'))
  }
  return { results, reusable: isUsable(dialogue, last), mustReset: false }
}

/** Whoever takes the sender's wishes with it reports by itself (RFC 3461 section 5.2.2); a mailbox store has it in the mailbox. */
function withReach(result: RecipientResult, reach: 'final' | 'passed-on' | null): RecipientResult {
  return result.kind === 'delivered' && reach !== null ? { ...result, reach } : result
}

function allOf(to: readonly string[], heard: Heard, dialogue: Dialogue): Transacted {
  return { results: forAll(to, resultOf(heard)), reusable: isUsable(dialogue, heard), mustReset: true }
}

function forAll(to: readonly string[], result: RecipientResult): ReadonlyMap<string, RecipientResult> {
  return new Map(to.map((one) => [one, result]))
}

function isPositive(heard: Heard): boolean {
  return 'reply' in heard && heard.reply.code >= 200 && heard.reply.code < 300
}

function isLeaving({ code }: Reply): boolean {
  return code === 421
}

/** Closed, or on its way out: the connection waited too long for this message. */
function hasLeft(heard: Heard): boolean {
  return 'reply' in heard ? isLeaving(heard.reply) : heard.silence.kind === 'closed'
}

/** Nothing more will be said. */
function isOver(heard: Heard): boolean {
  return 'silence' in heard || isLeaving(heard.reply)
}

function isUsable(dialogue: Dialogue, last: Heard | null): boolean {
  return dialogue.isOpen && (last === null || ('reply' in last && !isLeaving(last.reply)))
}

/** What the host said, or that it said nothing: that passes. */
export function resultOf(heard: Heard): RecipientResult {
  if ('reply' in heard) return readReply(heard.reply.text)
  const { kind, why } = heard.silence
  const status = kind === 'aborted' ? '4.4.7' : kind === 'garbage' ? '4.5.0' : '4.4.2'
  return { kind: 'deferred', reply: cleanReply(why), status }
}
