import { identityValue } from '../../../message/identity-header.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import type { CalloutAnswer } from '../asking/callout-answer.ts'
import { noIntroduction, type CalloutRequest } from '../asking/callout-request.ts'
import type { ChooseClient, ClientProfile } from '../clients/client-profile.ts'
import type { PendingMessage, PendingMessages } from './pending-messages.ts'
import type { PolicyAdvice } from './policy-advice.ts'
import type { PolicyRequest } from './policy-request.ts'

export interface AnswerPolicyOptions {
  readonly ask: AskCallout
  readonly chooseClient: ChooseClient
  readonly pending: PendingMessages
  readonly advice: PolicyAdvice
  /** The field by which our relay port learns who sends: `X-AuthUser`. */
  readonly identityHeader: string
}

export interface PolicyQuestion {
  readonly request: PolicyRequest
  /** The mail server's address; null over a unix socket. */
  readonly peer: string | null
}

/** Gives an access(5) action. Never `OK`: that would skip what the operator checks after us. */
export type AnswerPolicy = (question: PolicyQuestion) => Promise<string>

/** Recipients come one by one with RCPT; the message is judged when all are known, at its end, or at every RCPT if nobody asks later. */
export function createAnswerPolicy(options: AnswerPolicyOptions): AnswerPolicy {
  return async function answerPolicy(question) {
    const profile = options.chooseClient(toQuestion(question))
    switch (question.request.state) {
      case 'RCPT':
        return profile.decideAt === 'rcpt'
          ? decideAtRcpt(question, options)
          : collectAtRcpt(question, profile, options)
      case 'END-OF-MESSAGE':
        return decideAtEnd(question, profile, options)
      default:
        return 'DUNNO'
    }
  }
}

async function decideAtRcpt(
  question: PolicyQuestion,
  { ask, pending }: AnswerPolicyOptions
): Promise<string> {
  const key = messageKey(question)
  const { recipient } = question.request
  const { recipients } = pending.collect(key, recipient)
  const answer = await ask(toCallout(question, [...recipients], true))
  if (answer.disposition === 'tempfail' || answer.disposition === 'reject') pending.drop(key, recipient)
  return actionOf(answer)
}

function collectAtRcpt(
  question: PolicyQuestion,
  profile: ClientProfile,
  { pending, advice, identityHeader }: AnswerPolicyOptions
): string {
  const { recipient, user } = question.request
  const message = pending.collect(messageKey(question), recipient)
  advice.recipientSeen(profile.name, message.seen === 1)
  return mayRoute(profile) && isFirst(message, recipient) ? identityField(identityHeader, user) : 'DUNNO'
}

/** What the questions about one message have in common. Names of instances are unique on one mail server; senders and clients make them so. */
export function messageKey({ request, peer }: PolicyQuestion): string {
  const { instance, sender, client, user } = request
  return JSON.stringify([peer, instance, client.ip, client.port, user, sender])
}

async function decideAtEnd(
  question: PolicyQuestion,
  profile: ClientProfile,
  { ask, pending, advice }: AnswerPolicyOptions
): Promise<string> {
  const { recipient, recipientCount } = question.request
  const message = pending.get(messageKey(question))
  const recipients = new Set(message?.recipients)
  if (recipient !== '') recipients.add(recipient)
  const seen = Math.max(message?.seen ?? 0, recipients.size)
  advice.endSeen(profile.name, Math.max(0, recipientCount - seen))

  const answer = await ask(toCallout(question, [...recipients], profile.decideAt === 'rcpt'))
  if (answer.disposition === 'route' && message === undefined) {
    // Without our field on top our relay port would believe the one that the message may bring along
    advice.identityMissing(profile.name)
    return `451 4.7.1 ${answer.reply.text}`
  }
  return actionOf(answer)
}

/**
 * At RCPT the queue id comes with the second recipient only, so that the instance has to name the message; at its end the queue id is what
 * the mail server's other ways of asking name it by.
 */
function toCallout(question: PolicyQuestion, rcptTo: readonly string[], byInstance: boolean): CalloutRequest {
  const { client, user, authMethod, sender, instance, queueId, sizeBytes } = question.request
  return {
    ...toQuestion(question),
    client,
    user,
    authMethod,
    mailFrom: sender,
    rcptTo,
    queueId: byInstance ? instance : (queueId ?? instance),
    raw: null,
    sizeBytes
  }
}

function toQuestion({ request, peer }: PolicyQuestion) {
  const introduction = { ...noIntroduction, settingsId: request.context }
  return { protocol: 'postfix-policy', peer, introduction } as const
}

function actionOf({ disposition, reply, profile }: CalloutAnswer): string {
  switch (disposition) {
    case 'accept':
      return 'DUNNO'
    case 'quarantine':
      return `HOLD ${reply.text}`
    case 'tempfail':
    case 'reject':
      return `${reply.code} ${reply.status} ${reply.text}`
    case 'route':
      return profile.route === null ? `HOLD ${reply.text}` : `FILTER ${profile.route}`
  }
}

function mayRoute({ hold, mode }: ClientProfile): boolean {
  return hold === 'route' && mode === 'enforce'
}

/** Asked again about the first recipient it gets the same answer: its first one may have been lost. */
function isFirst({ recipients }: PendingMessage, recipient: string): boolean {
  const [first] = recipients
  return first === recipient
}

/** Written for nobody too: the topmost field counts, and what the message brings along must not be the topmost one. */
function identityField(name: string, user: string | null): string {
  return `PREPEND ${name}: ${identityValue(user)}`.trimEnd()
}
