import { once } from 'node:events'
import { connect } from 'node:net'
import { injectedSchema, messageStorySchema } from '../../contracts/messages.ts'
import { messagePageSchema } from '../../contracts/queue.ts'
import { verdictAnswerSchema, type VerdictAnswer } from '../../contracts/verdict-answer.ts'
import { openSession } from '../../delivery/session/smtp-session.ts'
import { tlsDemandOf } from '../../delivery/session/tls-demand.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { CliError } from '../frame/cli-error.ts'
import { requestOf, scoreOver } from './replay.ts'
import type { DemoService } from './service.ts'
import { ServiceProblem } from '../running/service-client.ts'

/** What became of a message that was handed in. */
export interface Submitted {
  readonly message: SyntheticSubmission
  readonly verdict: VerdictAnswer
  readonly outcome: 'accepted' | 'held' | 'blocked'
  readonly heldId: string | null
  /** What the client was told. */
  readonly reply: string
}

/** As the sender's mail program does: submission port, STARTTLS, AUTH, one message. */
export async function submitOverSmtp(service: DemoService, message: SyntheticSubmission): Promise<Submitted> {
  const { submissionPort, password } = service
  const socket = connect(submissionPort, '127.0.0.1')
  await once(socket, 'connect')
  const opened = await openSession({
    socket,
    hostname: 'localhost',
    ehlo: message.client.helo,
    demand: tlsDemandOf('opportunistic', [], false),
    auth: { user: message.sender, password },
    socketTimeoutMs: 30_000
  })
  if (opened.kind === 'refused') throw new CliError(`submission was refused: ${opened.result.reply}`)
  const { mailFrom, rcptTo } = message.envelope
  const envelope = { from: mailFrom, to: rcptTo, size: message.raw.length, eightBit: true }
  const { results } = await opened.session.send(envelope, Buffer.from(message.raw))
  opened.session.quit()
  const result = [...results.values()][0]
  if (result === undefined || result.kind === 'deferred')
    throw new CliError(`submission was put off: ${result?.reply ?? 'no reply'}`)
  if (result.kind === 'failed') return blocked(service, message, result.reply)
  return { message, reply: result.reply, ...(await fateOf(service, message)) }
}

/** As a web mailer or a relay does that knows its client: `POST /v1/messages`. */
export async function submitOverHttp(service: DemoService, message: SyntheticSubmission): Promise<Submitted> {
  try {
    const { id, state, verdict } = await service.client.post(
      '/v1/messages',
      requestOf(message),
      injectedSchema
    )
    const isHeld = state === 'held'
    return {
      message,
      verdict,
      outcome: isHeld ? 'held' : 'accepted',
      heldId: isHeld ? id : null,
      reply: `202 ${state}`
    }
  } catch (error) {
    if (!(error instanceof ServiceProblem) || error.problem.code !== 'MESSAGE_REFUSED') throw error
    return blocked(service, message, error.problem.detail ?? error.problem.title)
  }
}

/** A refusal names only the verdict's id; asked again without effect, Sluice says why. */
async function blocked(
  { client }: DemoService,
  message: SyntheticSubmission,
  reply: string
): Promise<Submitted> {
  return {
    message,
    verdict: await scoreOver(client, message, 'never'),
    outcome: 'blocked',
    heldId: null,
    reply
  }
}

async function fateOf(
  { client }: DemoService,
  { sender, messageId }: SyntheticSubmission
): Promise<Pick<Submitted, 'verdict' | 'outcome' | 'heldId'>> {
  const query = new URLSearchParams({ sender, limit: '200' })
  const { items } = await client.get(`/v1/queue?${query.toString()}`, messagePageSchema)
  const found = items.find(
    (item) => item.messageId !== null && messageId.includes(item.messageId.replaceAll(/[<>]/gu, ''))
  )
  if (found === undefined) throw new CliError(`${messageId} was accepted, but is not in the queue`)
  const story = await client.get(`/v1/messages/${found.id}`, messageStorySchema)
  const isHeld = found.state === 'held'
  return {
    verdict: verdictAnswerSchema.parse(story.verdict),
    outcome: isHeld ? 'held' : 'accepted',
    heldId: isHeld ? found.id : null
  }
}
