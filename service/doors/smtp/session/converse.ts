import { setTimeout as sleep } from 'node:timers/promises'
import type { SecureContext } from 'node:tls'
import { createPatience, type Patience } from '../bounds/patience.ts'
import { maxAuthLineBytes, parseCommand } from '../commands/command.ts'
import type { DoorContext } from '../door-context.ts'
import { answerCommand } from '../verbs/all-verbs.ts'
import { reply, type SmtpReply } from '../verbs/reply.ts'
import { createDeadlines, type Deadlines } from './deadlines.ts'
import type { Line } from './input.ts'
import type { Session, SessionClient, SessionTls, Step } from './session.ts'
import { createTalk } from './talk.ts'
import { unreadable } from './unreadable.ts'
import type { Wire } from './wire.ts'

export interface Conversation {
  readonly client: SessionClient
  readonly tls: SessionTls | null
  readonly wire: Wire
  readonly context: DoorContext
  readonly secureContext: SecureContext
  /** The service ends: after what is under way, goodbye. */
  readonly ending: AbortSignal
}

/** Greets, and answers command after command until one side has had enough. */
export async function converse(conversation: Conversation): Promise<void> {
  const { context, wire } = conversation
  const patience = createPatience(context.bounds)
  const deadlines = createDeadlines(context.bounds, context)
  let session: Session | null = beginning(conversation)
  wire.output.sayLines(220, [`${context.hostname} ESMTP Sluice`])
  while (session !== null) {
    const line = await nextLine(session, deadlines, conversation)
    session = line === null ? null : await answer(line, session, patience, deadlines, conversation)
  }
  await wire.output.flush(performance.now() + lastWordsMs)
}

/** How long a client may take to read what ends the session. */
const lastWordsMs = 2_000

function beginning({ client, tls, context }: Conversation): Session {
  return { id: context.newId(), client, greeting: null, tls, user: null, transaction: null }
}

const goodbye = reply(421, '4.3.2', 'Shutting down')

/** null: it is over. */
async function nextLine(
  session: Session,
  deadlines: Deadlines,
  { wire, ending }: Conversation
): Promise<Line | null> {
  const { input, output, socket } = wire
  if (!input.hasLine && !(await output.flush(deadlines.ofCommand(session)))) return null
  // Whoever says nothing is told at once, whoever has a message under way after it
  const dismiss = (): void => {
    output.say(goodbye)
    void output.flush(performance.now() + lastWordsMs).then(() => socket.destroySoon())
  }
  if (ending.aborted) return farewell(goodbye)
  ending.addEventListener('abort', dismiss)
  const line = await input.line(maxAuthLineBytes, deadlines.ofCommand(session))
  ending.removeEventListener('abort', dismiss)
  if (line.kind === 'late') return farewell(deadlines.missed())
  return line.kind === 'ended' ? null : line

  function farewell(last: SmtpReply): null {
    output.say(last)
    return null
  }
}

/** Gives the session as it is after the command; null: it was the last one. */
async function answer(
  line: Line,
  session: Session,
  patience: Patience,
  deadlines: Deadlines,
  conversation: Conversation
): Promise<Session | null> {
  const { wire, context, ending } = conversation
  const parsed = line.kind === 'line' ? parseCommand(line.line) : line
  const { verb, argument } = parsed.kind === 'command' ? parsed.command : { verb: '', argument: '' }
  const talk = createTalk(wire, context, () => deadlines.ofCommand(session))
  const step =
    parsed.kind === 'command'
      ? await answerCommand(verb, argument, { session, context, talk })
      : unreadable(parsed.kind)
  const temper = patience.after(verb, step.reply.code)
  if (temper.kind === 'hang-up') {
    context.metrics.count('sluice_smtp_refused_total', { cause: temper.cause })
    context.log.info('smtp.session_ended', {
      ip: session.client.ip,
      session: session.id,
      cause: temper.cause
    })
    wire.output.say(temper.reply)
    return null
  }
  if (temper.waitMs > 0) await sleep(temper.waitMs, undefined, { signal: ending }).catch(() => undefined)
  say(step, wire)
  if (verb === 'DATA') await told(conversation)
  return follow(step, { ...session, ...step.change }, conversation)
}

function say({ reply: given }: Step, { output }: Wire): void {
  if ('lines' in given) output.sayLines(given.code, given.lines)
  else output.say(given)
}

/** After what is on disk was promised. */
async function told({ wire, context }: Conversation): Promise<void> {
  await wire.output.flush(performance.now() + context.bounds.idleTimeoutMs)
  context.failpoint('after-250')
}

async function follow(
  { next }: Step,
  session: Session,
  { wire, context, secureContext }: Conversation
): Promise<Session | null> {
  if (next !== 'start-tls') return next === 'hang-up' ? null : session
  if (!(await wire.output.flush(performance.now() + context.bounds.tlsTimeoutMs))) return null
  const tls = await wire.secure(secureContext, context.bounds.tlsTimeoutMs)
  return tls === null ? null : { ...session, tls }
}
