import { once } from 'node:events'
import { acts, type Act, type DemoResult } from './acts.ts'
import type { CommandContext } from '../frame/command-context.ts'
import { atMoment, castPeople, hijack, type DemoPerson } from './people.ts'
import { replay } from './replay.ts'
import { openDemoService, type DemoService } from './service.ts'
import { submitOverHttp, submitOverSmtp, type Submitted } from './submit.ts'
import { introduce, leaveAddresses, showAttack, showHonest, showReplay, summarise } from './view.ts'
import { exitCode } from '../frame/exit-code.ts'

export interface DemoFlags {
  /** Stay for looking around, also where nobody is at a terminal. */
  readonly keep?: boolean
  /** Of the people, their mail and the thieves. */
  readonly seed: number
  /** Weeks of habits to learn first. */
  readonly weeks: number
}

/**
 * `sluice demo`: a private installation learns the habits of some people, mail flows, then mailboxes are hijacked. Nothing in it knows
 * that it is a demo: what the models say is what is shown. Ends with 1 if the first bad message was not stopped.
 */
export async function runDemo(flags: DemoFlags, context: CommandContext): Promise<number> {
  const stop = watchSignals()
  const service = await openDemoService()
  try {
    const result = await perform(service, flags, context, stop)
    const stays = flags.keep === true || (context.terminal.isInteractive && !context.json)
    if (context.json) context.terminal.printJson(toJson(result, service))
    else summarise(result, context.terminal)
    if (stays) {
      if (!context.json) leaveAddresses(service, context.terminal)
      if (!stop.aborted) await once(stop, 'abort')
    }
    return exitCode(result.attacks[0]?.outcome === 'accepted' ? 'fault' : 'ok')
  } catch (error) {
    if (stop.aborted) return exitCode('fault')
    throw error
  } finally {
    await service.close()
  }
}

/** Ctrl-C reaches a child of npm twice: from the terminal, and passed on by npm. */
const sameSignalMs = 500

/** Aborts at the first signal, so that everything is put away; a second one ends the process at once. */
function watchSignals(): AbortSignal {
  const stop = new AbortController()
  let firstAt: number | undefined
  const onSignal = (): void => {
    const now = performance.now()
    if (firstAt !== undefined && now - firstAt > sameSignalMs) process.exit(exitCode('fault'))
    firstAt ??= now
    stop.abort(new Error('stopped by a signal'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return stop.signal
}

async function perform(
  service: DemoService,
  { seed, weeks }: DemoFlags,
  context: CommandContext,
  signal: AbortSignal
): Promise<DemoResult> {
  const view = context.json ? undefined : context.terminal
  const people = castPeople({ seed: `demo ${seed}`, now: Date.now(), days: weeks * 7 })
  if (view !== undefined) introduce(people, service, weeks, view)
  const learned = await replay(service.client, people, { signal })
  if (view !== undefined) showReplay(learned, view)
  await service.addUsers(people.map(({ persona }) => persona.id))

  // Thieves do not write in the same minute as their victims, so these are silent now.
  const bystanders = people.filter((_person, index) => acts.every(({ victim }) => victim !== index))
  const sendHonest = (from: number): Promise<Submitted[]> => sendInTurn(service, bystanders, from, signal)
  const attack = async (act: Act): Promise<Submitted> => {
    signal.throwIfAborted()
    const submitted = await hijackOne(service, people, act, seed)
    if (view !== undefined) showAttack(submitted, act, view)
    return submitted
  }
  const before = await sendHonest(0)
  if (view !== undefined) showHonest(before, 'Honest mail over SMTP submission', view)
  const [first, ...subtle] = acts
  const attacks = [await attack(first)]
  const after = await sendHonest(honestEach)
  if (view !== undefined) showHonest(after, 'Meanwhile the others go on', view)
  for (const act of subtle) attacks.push(await attack(act))
  return {
    replay: learned,
    honest: [...before, ...after],
    attacks,
    ...(await deliveries(service, [...before, ...after, ...attacks]))
  }
}

const deliveryMs = 15_000

async function deliveries(
  { sink }: DemoService,
  submitted: readonly Submitted[]
): Promise<Pick<DemoResult, 'allDelivered' | 'deliveredAtSink'>> {
  const accepted = submitted
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ message }) => message.messageId)
  const allDelivered = await sink.waitFor(accepted, deliveryMs)
  return { allDelivered, deliveredAtSink: sink.messageIds.size }
}

function hijackOne(
  service: DemoService,
  people: readonly DemoPerson[],
  { victim, kind, knowledge }: Act,
  seed: number
): Promise<Submitted> {
  const person = people[victim]
  if (person === undefined) throw new Error(`nobody has number ${victim}`)
  const message = hijack(person, { kind, knowledge, seed: `thief ${seed}`, now: Date.now() })
  return knowledge === 'M2' ? submitOverSmtp(service, message) : submitOverHttp(service, message)
}

const honestEach = 4

/** Some messages each, by turns, beginning with the one numbered `from`. */
async function sendInTurn(
  service: DemoService,
  people: readonly DemoPerson[],
  from: number,
  signal: AbortSignal
): Promise<Submitted[]> {
  const submitted: Submitted[] = []
  for (let turn = from; turn < from + honestEach; turn += 1)
    for (const { next } of people) {
      signal.throwIfAborted()
      const planned = next[turn]
      if (planned !== undefined) submitted.push(await submitOverSmtp(service, atMoment(planned, Date.now())))
    }
  return submitted
}

function toJson(result: DemoResult, { client, dataDir, submissionPort }: DemoService): object {
  const { replay: learned, honest, attacks, allDelivered, deliveredAtSink } = result
  return {
    http: client.address,
    dataDir,
    submissionPort,
    replay: learned,
    honest: { submitted: honest.length, held: countOf(honest, 'held'), blocked: countOf(honest, 'blocked') },
    attacks: attacks.map(({ message, outcome, heldId, verdict }) => ({
      attack: message.attack,
      family: message.family,
      outcome,
      heldId,
      verdict
    })),
    allDelivered,
    deliveredAtSink
  }
}

function countOf(list: readonly Submitted[], outcome: Submitted['outcome']): number {
  return list.filter((one) => one.outcome === outcome).length
}
