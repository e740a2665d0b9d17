import { z } from 'zod'
import { injectedSchema, messageStorySchema } from '../../../contracts/messages.ts'
import { problemSchema } from '../../../contracts/problem.ts'
import { idSchema } from '../../../contracts/queue.ts'
import { toSubmission, verdictRequestSchema } from '../../../contracts/verdict-request.ts'
import type { IdentityHeader } from '../../../message/identity-header.ts'
import type { AcceptMessage, AcceptOutcome } from '../../../operations/accept-message.ts'
import type { Queue } from '../../../queue/queue.ts'
import type { SenderStore } from '../../../senders/sender-store.ts'
import type { Destinations } from '../../../delivery/dispatch/destination-view.ts'
import type { ApiRoutes } from '../api-app.ts'
import { toMessageAnswer, toTime } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'

export interface MessagesRoutesOptions {
  readonly queue: Pick<Queue, 'get'>
  readonly senders: Pick<SenderStore, 'verdict'>
  readonly acceptMessage: AcceptMessage
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
  readonly identityHeader?: IdentityHeader | null
  /** Knows what holds a message back; without delivery nothing does. */
  readonly destinations?: Pick<Destinations, 'waitsFor'>
}

const common = { tags: ['messages'], security: [{ bearer: [] }] }
const problem = { '4xx': problemSchema, '5xx': problemSchema }
const config = { scope: 'operate' } as const

/** `/v1/messages`: hand a message in, and read what became of it. */
export function messagesRoutes({
  queue,
  senders,
  acceptMessage,
  newId,
  clock,
  identityHeader = null,
  destinations
}: MessagesRoutesOptions): ApiRoutes {
  return (app) => {
    const inject = {
      ...common,
      summary: 'Send a message',
      description: 'It is scored, then queued or held. The answer comes once it is on disk.',
      body: verdictRequestSchema,
      response: { 202: injectedSchema, ...problem }
    }
    app.post('/v1/messages', { schema: inject, config }, async (request, reply) => {
      const now = clock()
      const caller = request.bearer?.id ?? 'unknown'
      const by = { caller, trusted: true, submissionId: newId(), now, identityHeader }
      const asked = toSubmission(request.body, by)
      // A time that has not come yet would spoil the sender's habits
      const submission = { ...asked, receivedAt: Math.min(asked.receivedAt, now) }
      const outcome = await acceptMessage(submission, { protocol: 'HTTP' })
      return reply.code(202).send(toInjected(outcome, now))
    })

    const params = z.object({ id: idSchema })
    const show = {
      ...common,
      summary: 'The whole story of a message',
      params,
      response: { 200: messageStorySchema, ...problem }
    }
    app.get('/v1/messages/:id', { schema: show, config }, (request) => {
      const message = queue.get(request.params.id)
      if (message === undefined) throw new ProblemError('NOT_FOUND')
      return {
        ...toMessageAnswer(message),
        attemptLog: message.attemptLog.map((one) => ({ ...one, at: toTime(one.at) })),
        waitsFor: destinations?.waitsFor(message) ?? null,
        verdict: senders.verdict(message.verdictId)?.answer ?? null
      }
    })
  }
}

function toInjected(outcome: AcceptOutcome, now: number): z.input<typeof injectedSchema> {
  switch (outcome.kind) {
    case 'queued':
    case 'held':
      return { id: outcome.message.id, state: outcome.kind, verdict: outcome.verdict }
    case 'blocked':
      throw new ProblemError('MESSAGE_REFUSED', { detail: `verdict ${outcome.verdict.id}` })
    case 'hold-refused':
      throw new ProblemError(outcome.how === 'reject' ? 'MESSAGE_REFUSED' : 'UNAVAILABLE', {
        detail: `the message needs review (verdict ${outcome.verdict.id})`
      })
    case 'limited':
      throw aboveLimit(outcome, now)
    case 'loop':
      throw new ProblemError('MESSAGE_REFUSED', { detail: `mail loop: ${outcome.hops} hops` })
    case 'id-reused':
      throw new ProblemError('ID_REUSED', { detail: 'The id came before with another message or envelope' })
    case 'overloaded':
      throw new ProblemError('OVERLOADED', {
        headers: { 'retry-after': String(Math.ceil(outcome.retryAfterMs / 1000)) }
      })
    case 'storage-full':
      throw new ProblemError('UNAVAILABLE', { detail: 'the disk is full', headers: { 'retry-after': '5' } })
    case 'failed':
      throw new ProblemError('INTERNAL')
  }
}

/** The first broken limit says how far it is used; a message that no limit has room for is not worth another try. */
function aboveLimit(
  { verdict, limited: { recoversAt } }: Extract<AcceptOutcome, { kind: 'limited' }>,
  now: number
): ProblemError {
  const about = verdict.reasons.find(({ code }) => code.startsWith('LIMIT_'))?.message ?? ''
  const detail = `${about} (verdict ${verdict.id})`
  if (recoversAt === null) return new ProblemError('MESSAGE_REFUSED', { detail })
  const seconds = Math.max(1, Math.ceil((recoversAt - now) / 1_000))
  return new ProblemError('LIMIT_EXCEEDED', { detail, headers: { 'retry-after': String(seconds) } })
}
