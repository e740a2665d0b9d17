import type { Act, DemoResult } from './acts.ts'
import type { DemoPerson } from './people.ts'
import { warmUpMessages, type ReplayCount } from './replay.ts'
import type { DemoService } from './service.ts'
import type { Submitted } from './submit.ts'
import { neutralise } from '../views/neutralise.ts'
import { printTable } from '../views/table.ts'
import type { Style, Terminal } from '../views/terminal.ts'
import { verdictView } from '../views/verdict-view.ts'

/** Who takes part, before anything happens. */
export function introduce(
  people: readonly DemoPerson[],
  { dataDir }: DemoService,
  weeks: number,
  terminal: Terminal
): void {
  terminal.print(`${terminal.paint('bold', 'A private Sluice is running')} in ${dataDir}\n`)
  printTable(
    terminal,
    [
      { title: 'sender', width: 44 },
      { title: 'language' },
      { title: 'role' },
      { title: 'writes with', width: 24 },
      { title: 'mail', align: 'right' }
    ],
    people.map(({ persona, past }) => [
      persona.id,
      persona.language,
      persona.role.name,
      persona.devices.map(({ device }) => device.program).join(', '),
      past.length
    ])
  )
  terminal.print(
    `\n${heading(terminal, `Learning ${weeks === 1 ? 'a week' : `${weeks} weeks`} of their habits`)}`
  )
}

/** How much was learned, and what an honest sender noticed of it. */
export function showReplay(
  { messages, tookMs, stoppedEarly, stoppedLater }: ReplayCount,
  terminal: Terminal
): void {
  const held = stoppedEarly + stoppedLater
  const seconds = (tookMs / 1000).toFixed(0)
  terminal.print(
    `  ${messages} messages over HTTP in ${seconds} s, ${held} of them held (and so not learned from)`
  )
}

/** Honest messages in one table, stopped ones in colour. */
export function showHonest(submitted: readonly Submitted[], title: string, terminal: Terminal): void {
  terminal.print(`\n${heading(terminal, title)}\n`)
  printTable(
    terminal,
    [
      { title: 'verdict' },
      { title: 'risk', align: 'right' },
      { title: 'sender', width: 38 },
      { title: 'subject', width: 34 }
    ],
    submitted.map(({ verdict, outcome, message }) => [
      { text: words[outcome], style: colours[outcome] },
      `${(verdict.risk * 100).toFixed(2)} %`,
      message.sender,
      message.plan.subject
    ])
  )
}

/** The whole verdict of a bad message, with its reasons. */
export function showAttack(
  { message, verdict, outcome, heldId, reply }: Submitted,
  act: Act,
  terminal: Terminal
): void {
  const { plan, client } = message
  terminal.print(`\n${heading(terminal, act.told)}\n`)
  terminal.print(
    `  ${plan.from.address} → ${plan.to[0]?.address ?? 'many'} from ${client.ip} (${client.helo})`
  )
  terminal.print(`  “${oneLine(plan.text)}”\n`)
  terminal.print(verdictView(verdict, { title: plan.subject, terminal }))
  const fate =
    outcome === 'accepted' ? 'It went out: Sluice did not see it.' : `It did not go out (${reply}).`
  terminal.print(terminal.paint(outcome === 'accepted' ? 'red' : 'green', `  ${fate}`))
  if (heldId !== null) terminal.print(`  held as ${heldId}`)
}

/** What it all came to. */
export function summarise(
  { replay, honest, attacks, deliveredAtSink, allDelivered }: DemoResult,
  terminal: Terminal
): void {
  const stopped = honest.filter(({ outcome }) => outcome !== 'accepted').length
  const perSecond = Math.round((replay.messages * 1000) / replay.tookMs)
  terminal.print(`\n${heading(terminal, 'Summary')}\n`)
  printTable(
    terminal,
    [
      { title: 'what', width: 52 },
      { title: 'result', width: 40 }
    ],
    [
      ['messages replayed', `${replay.messages} (${perSecond} a second)`],
      [
        `honest held of the first ${warmUpMessages} of each sender`,
        { text: String(replay.stoppedEarly), style: wrong(replay.stoppedEarly) }
      ],
      [
        'honest held after that',
        { text: `${replay.stoppedLater} of ${replay.later}`, style: wrong(replay.stoppedLater) }
      ],
      ['honest held over SMTP', { text: `${stopped} of ${honest.length}`, style: wrong(stopped) }],
      ['delivered at the sink', `${deliveredAtSink}${allDelivered ? '' : ' (some are still on their way)'}`],
      ...attacks.map(({ message, outcome }, index) => [
        index === 0 ? 'first bad message of the hijacked mailbox' : `subtle one (${message.attack ?? ''})`,
        { text: words[outcome], style: outcome === 'accepted' ? ('red' as const) : ('green' as const) }
      ])
    ]
  )
  terminal.print(
    '\nThe mail is invented (datasets/synthetic-mail): this shows how Sluice works, not how well it knows your senders.'
  )
}

/** Where to look while it stays. */
export function leaveAddresses({ client, dataDir, submissionPort }: DemoService, terminal: Terminal): void {
  terminal.print(`\n${heading(terminal, 'Look around')}\n`)
  for (const [what, where] of [
    ['HTTP and its documentation', `${client.address}/docs`],
    ['what is held', `SLUICE_DATADIR=${dataDir} npx sluice held list`],
    ['what went out', `SLUICE_DATADIR=${dataDir} npx sluice queue list --state done`],
    ['SMTP submission', `127.0.0.1:${submissionPort}`],
    ['log', `${dataDir}/demo.log`]
  ] as const)
    terminal.print(`  ${terminal.paint('dim', what.padEnd(28))}${terminal.paint('cyan', where)}`)
  terminal.print('\nCtrl-C ends it and removes everything.')
}

const words = { accepted: 'allowed', held: 'HELD', blocked: 'BLOCKED' } as const
const colours = { accepted: 'green', held: 'yellow', blocked: 'red' } as const

/** Each honest message that is held costs somebody time. */
function wrong(count: number): Style {
  return count === 0 ? 'green' : 'yellow'
}

function heading(terminal: Terminal, text: string): string {
  return terminal.paint('bold', `── ${text}`)
}

function oneLine(text: string): string {
  const flat = text.replaceAll(/\s+/gu, ' ')
  return neutralise(flat.length > 160 ? `${flat.slice(0, 159)}…` : flat)
}
