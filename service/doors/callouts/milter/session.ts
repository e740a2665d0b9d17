import type { ByteBudget } from '../../../access/byte-budget.ts'
import type { CalloutAnswer } from '../asking/callout-answer.ts'
import type { CalloutRequest } from '../asking/callout-request.ts'
import { labelNames } from '../asking/label-fields.ts'
import { continueFrame, encodeAnswer, encodeRefusal, type Refusal } from './answer-frames.ts'
import { parseCommand, type Command, type MessagePart } from './commands.ts'
import type { Frame } from './frames.ts'
import { createMessage, type Message, type MessageFault } from './message.ts'
import { noReplyTo, silentCommands, steps } from './milter-words.ts'
import { agree, encodeAgreement, type Agreement } from './negotiation.ts'
import { createSmtpClient } from './smtp-client.ts'

export interface SessionOptions {
  /** The mail server's address; null over a unix socket. */
  readonly peer: string | null
  readonly maxMessageBytes: number
  readonly budget: ByteBudget
  readonly identityHeader: string
}

/** What is to be done after a command. */
export type Step =
  | { readonly kind: 'wait' }
  | { readonly kind: 'say'; readonly bytes: Buffer }
  /** The message is whole. `say` puts the answer in the words of the protocol, and ends the message. */
  | {
      readonly kind: 'ask'
      readonly request: CalloutRequest
      readonly say: (answer: CalloutAnswer) => Buffer
    }
  | { readonly kind: 'end' }
  | { readonly kind: 'broken'; readonly cause: BrokenSession }

export type BrokenSession =
  'malformed-command' | 'no-negotiation' | 'version-not-supported' | 'command-out-of-order'

/** One connection of a mail server: the SMTP clients and messages that it tells of, one after the other. */
export class MilterSession {
  readonly #options: SessionOptions
  readonly #countedFields: ReadonlySet<string>
  readonly #client = createSmtpClient()
  #agreement: Agreement | null = null
  #message: Message | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.#countedFields = new Set([...labelNames, options.identityHeader].map((name) => name.toLowerCase()))
  }

  take(frame: Frame): Step {
    const command = parseCommand(frame)
    if (command === null) return broken('malformed-command')
    if (command.kind === 'quit') return { kind: 'end' }
    if (command.kind === 'negotiate') return this.#negotiate(command)
    if (this.#agreement === null) return broken('no-negotiation')
    return this.#follow(command, this.#agreement) ?? acknowledge(frame, this.#agreement)
  }

  /** A message has begun and is not answered yet. */
  get isWithinMessage(): boolean {
    return this.#message !== null
  }

  /** Gives back what it holds. */
  end(): void {
    this.#message?.content.end()
    this.#message = null
  }

  #negotiate(offered: Agreement): Step {
    this.end()
    this.#agreement = agree(offered)
    if (this.#agreement === null) return broken('version-not-supported')
    return { kind: 'say', bytes: encodeAgreement(this.#agreement) }
  }

  /** null: nothing but an acknowledgement. */
  #follow(command: Exclude<Command, { kind: 'quit' | 'negotiate' }>, agreement: Agreement): Step | null {
    switch (command.kind) {
      case 'macros':
        this.#client.macros.define(command.stage, command.values)
        return null
      case 'connect':
        this.#client.connect(command)
        return null
      case 'helo':
        this.#client.helo(command.name)
        return null
      case 'mail':
        this.#begin(command.address, agreement)
        return null
      case 'abort':
        this.end()
        this.#client.macros.endMessage()
        return null
      case 'quit-new-connection':
        this.end()
        this.#client.end()
        return null
      case 'part':
        return this.#message === null
          ? broken('command-out-of-order')
          : this.#grow(this.#message, command.part, agreement)
      case 'other':
        return null
    }
  }

  /** MAIL without an end of the message before it ends that one, as in libmilter. */
  #begin(mailFrom: string, agreement: Agreement): void {
    this.end()
    this.#client.macros.beginMessage()
    const { maxMessageBytes, budget } = this.#options
    this.#message = createMessage(mailFrom, {
      maxMessageBytes,
      budget,
      withLeadingSpace: (agreement.steps & steps.leadingSpace) !== 0,
      countedFields: this.#countedFields
    })
  }

  #grow(message: Message, part: MessagePart, agreement: Agreement): Step | null {
    if (part.kind === 'rcpt') message.addRecipient(part.address)
    else if (part.kind === 'header') message.addField(part.name, part.value)
    else message.content.addBody(part.bytes)
    return part.kind === 'end' ? this.#complete(message, agreement) : null
  }

  #complete(message: Message, agreement: Agreement): Step {
    const { peer, identityHeader } = this.#options
    const request = { ...this.#client.toRequest(message), peer }
    const { user } = request
    const { fieldCounts } = message
    const fault = message.fault()
    this.#client.macros.endMessage()
    if (fault !== null) {
      this.end()
      return { kind: 'say', bytes: encodeRefusal(refusals[fault]) }
    }
    return {
      kind: 'ask',
      request,
      say: (answer) => {
        this.end()
        return encodeAnswer(answer, { agreement, fieldCounts, user, identityHeader })
      }
    }
  }
}

const wait: Step = { kind: 'wait' }
const refusals: Readonly<Record<MessageFault, Refusal>> = {
  // RFC 5321 section 4.5.3.1.10
  'too-many-recipients': { code: 452, status: '4.5.3', text: 'Too many recipients' },
  'too-many-labels': { code: 550, status: '5.6.0', text: 'Too many X-Sluice fields' }
}

function broken(cause: BrokenSession): Step {
  return { kind: 'broken', cause }
}

function acknowledge({ letter }: Frame, agreement: Agreement): Step {
  const isSilent = silentCommands.has(letter) || (agreement.steps & (noReplyTo[letter] ?? 0)) !== 0
  return isSilent ? wait : { kind: 'say', bytes: continueFrame }
}
