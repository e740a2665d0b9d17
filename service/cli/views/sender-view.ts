import type { SenderAnswer } from '../../contracts/sender.ts'
import { timeLeft } from './message-view.ts'
import { printTable } from './table.ts'
import { factLines, type Style, type Terminal } from './terminal.ts'

type Shares = SenderAnswer['habits']['zones']

export const containmentStyles = {
  normal: 'green',
  watched: 'yellow',
  restricted: ['bold', 'yellow'],
  suspended: ['bold', 'red']
} as const satisfies Record<SenderAnswer['containment']['state'], Style>

const verdictStyles = { allow: 'green', hold: 'yellow', block: 'red' } as const

/** A sender as people read it: who and how free, what is usual, what is left of the limits, what was judged lately. */
export function printSender(sender: SenderAnswer, terminal: Terminal, now: number): void {
  const { id, containment, habits, limits, recentVerdicts } = sender
  const state = terminal.paint(containmentStyles[containment.state], containment.state)
  terminal.print(`${terminal.paint('bold', id)}  ${state}\n`)
  terminal.print(
    factLines(terminal, [...aboutFacts(sender, now), ...habitFacts(habits), ...limitFacts(limits)])
  )
  if (recentVerdicts.length === 0) return
  terminal.print('')
  printTable(
    terminal,
    [
      { title: 'verdict' },
      { title: 'risk', align: 'right' },
      { title: 'at' },
      { title: 'reasons', width: 40, isWrapped: true }
    ],
    recentVerdicts.map(({ verdict, risk, at, reasons }) => [
      { text: verdict, style: verdictStyles[verdict] },
      `${(risk * 100).toFixed(1)} %`,
      at,
      reasons.slice(0, 3).join(' ')
    ])
  )
}

type Facts = readonly (readonly [string, string])[]

function aboutFacts({ messagesSeen, firstAt, lastAt, containment }: SenderAnswer, now: number): Facts {
  const { state, since, setBy, stepsDownAt, evidence } = containment
  const history =
    firstAt === null ? 'no history' : `${messagesSeen} messages learned, ${firstAt} to ${lastAt ?? firstAt}`
  const ends =
    stepsDownAt === null ? 'until somebody changes it' : `steps down in ${timeLeft(stepsDownAt, now)}`
  return [
    ['history', history],
    ...(state === 'normal' ? [] : [['since', `${since ?? 'before'}, by ${setBy}, ${ends}`] as const]),
    ...(evidence.length === 0 ? [] : [['evidence', evidenceText(evidence)] as const])
  ]
}

/** `3 × held, 1 × takeover` */
function evidenceText(evidence: SenderAnswer['containment']['evidence']): string {
  const counts = new Map<string, number>()
  for (const { kind } of evidence) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Array.from(counts, ([kind, count]) => `${count} × ${kind}`).join(', ')
}

function habitFacts(habits: SenderAnswer['habits']): Facts {
  const { usualHours, zones, clients, providers, countries, languages } = habits
  const hours =
    usualHours === null ? 'too little to tell' : `${clock(usualHours.from)} to ${clock(usualHours.to)}`
  return [
    ['hours', hours],
    ['time zones', shareText(zones)],
    ['programs', shareText(clients)],
    ['languages', shareText(languages)],
    ['networks', [`${habits.networks} networks`, ...texts(providers), ...texts(countries)].join(', ')],
    ['recipients', `${habits.recipients} people at ${habits.recipientDomains} domains`],
    ['links', `${habits.linkDomains} domains`]
  ]
}

function limitFacts(limits: SenderAnswer['limits']): Facts {
  const { messagesPerHour, messagesPerDay, recipientsPerDay, newRecipientsPerDay } = limits
  const used = ({ used: some, limit, usual }: typeof messagesPerHour): string =>
    `${some} of ${limit}${usual === null ? '' : ` (usually at most ${usual})`}`
  return [
    ['messages', `${used(messagesPerHour)} this hour, ${used(messagesPerDay)} today`],
    [
      'reach',
      `${used(recipientsPerDay)} recipients today, ${used(newRecipientsPerDay)} never written to before`
    ]
  ]
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

function shareText(shares: Shares): string {
  return shares.length === 0 ? 'none known' : texts(shares).join(', ')
}

function texts(shares: Shares): readonly string[] {
  return shares.map(({ value, share }) => `${value} ${Math.round(share * 100)} %`)
}
