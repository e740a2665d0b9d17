import type { Tell, TellOutcome } from '../../asking/tell.ts'
import { json, type Exchange, type Handle, type Reply } from '../exchange.ts'
import { receiveMessage, type MessageLimits } from '../reading/receive-message.ts'
import { oneOf } from '../reading/request-fields.ts'
import { RspamdError } from '../rspamd-error.ts'
import { toEnvelope } from '../reading/to-question.ts'

export interface LearnOptions {
  readonly tell: Tell
  readonly limits: MessageLimits
}

const labels = { spam: 'spam', ham: 'legitimate' } as const

/** The learning words of rspamd's controller: what a message was. Only trusted clients, by their password or network, are heard. */
export function createLearn(
  options: LearnOptions
): Readonly<Record<'learnspam' | 'learnham' | 'learnclass', Handle>> {
  return {
    learnspam: (exchange) => learn('spam', exchange, options),
    learnham: (exchange) => learn('ham', exchange, options),
    learnclass: (exchange) => learn(classOf(exchange), exchange, options)
  }
}

function classOf({ fields }: Exchange): keyof typeof labels {
  const given = oneOf(fields, 'class')?.toLowerCase()
  if (given === 'spam' || given === 'ham') return given
  throw refused(400, 'Class has to be spam or ham')
}

async function learn(
  learned: keyof typeof labels,
  exchange: Exchange,
  { tell, limits }: LearnOptions
): Promise<Reply> {
  const { protocol, peer, introduction } = toEnvelope(exchange.fields, exchange.peer)
  const message = await receiveMessage(exchange, limits)
  if (message.kind === 'too-large') throw refused(413, 'message is too large')
  if (message.kind === 'no-room') throw refused(503, 'too much is being received, try again later')
  try {
    const told = { protocol, peer, introduction, label: labels[learned], raw: message.bytes }
    return replies[await tell(told)]()
  } finally {
    message.release()
  }
}

const replies: Readonly<Record<TellOutcome, () => Reply>> = {
  taken: () => json({ success: true }),
  'not-trusted': () => {
    throw refused(401, 'Unauthorized')
  },
  unknown: () => {
    throw refused(404, 'No message with this Message-ID was scanned in the last 30 days')
  }
}

function refused(status: number, message: string): RspamdError {
  return new RspamdError(status, message, 'controller-error')
}
