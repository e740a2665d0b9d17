import type { z } from 'zod'
import type { attemptSchema } from '../../contracts/messages.ts'
import type { QueuedMessageAnswer } from '../../contracts/queue.ts'
import { printTable, type Cell } from './table.ts'
import { factLines, type Style, type Terminal } from './terminal.ts'

type Attempt = z.output<typeof attemptSchema>

/** One message: what it is, where it stands, then its recipients and the last attempts. */
export function printMessage(
  message: QueuedMessageAnswer,
  attempts: readonly Attempt[],
  terminal: Terminal
): void {
  terminal.print(factLines(terminal, factsOf(message)))
  terminal.print('')
  printTable(
    terminal,
    [
      { title: 'recipient', width: 34 },
      { title: 'state' },
      { title: 'status' },
      { title: 'last reply', width: 42, isWrapped: true }
    ],
    message.recipients.map(({ address, state, status, reply }) => [
      address,
      { text: state, style: recipientStyles[state] },
      status ?? '',
      reply ?? ''
    ])
  )
  if (attempts.length === 0) return
  terminal.print('')
  printTable(
    terminal,
    [
      { title: 'attempt' },
      { title: 'route', width: 10 },
      { title: 'host', width: 22 },
      { title: 'reply', width: 34, isWrapped: true }
    ],
    attempts.map(({ at, route, mx, reply }) => [at, route, mx ?? '', reply])
  )
  const signing = attempts.findLast((attempt) => attempt.signing !== undefined)?.signing
  const why = attempts.findLast((attempt) => attempt.why !== undefined)
  const tls = attempts.findLast((attempt) => attempt.tls !== undefined)?.tls
  const facts: [string, string][] = [
    ...(why?.why === undefined ? [] : [[`by ${why.route}`, why.why] as [string, string]]),
    ...(tls === undefined ? [] : [['encryption', encryptionOf(tls)] as [string, string]]),
    ...(signing === undefined ? [] : [['signing', signing] as [string, string]])
  ]
  if (facts.length > 0) terminal.print(`\n${factLines(terminal, facts)}`)
}

function encryptionOf(tls: NonNullable<Attempt['tls']> | null): string {
  if (tls === null) return 'none'
  return tls.verified === 'none'
    ? `${tls.version}, host not verified`
    : `${tls.version}, host verified by ${tls.verified}`
}

const recipientStyles = {
  pending: 'yellow',
  delivered: 'green',
  bounced: 'red',
  expired: 'red',
  cancelled: 'dim'
} as const satisfies Record<QueuedMessageAnswer['recipients'][number]['state'], Style>

export const stateStyles = {
  queued: 'cyan',
  held: 'yellow',
  done: 'green',
  rejected: 'red'
} as const satisfies Record<QueuedMessageAnswer['state'], Style>

export function stateCell(state: QueuedMessageAnswer['state']): Cell {
  return { text: state, style: stateStyles[state] }
}

function factsOf(message: QueuedMessageAnswer): [string, string][] {
  const { id, state, label, sender, envelope, subject, messageId, hold } = message
  const facts: [string, string | null][] = [
    ['id', id],
    ['state', `${state}, ${label}`],
    ['sender', sender === '' ? 'Sluice itself' : sender],
    ['from', envelope.from ?? '<>'],
    ['subject', subject],
    ['message-id', messageId],
    ['size', `${message.sizeBytes} bytes`],
    ['accepted', message.acceptedAt],
    ['attempts', String(message.attempts)],
    ['next try', message.nextAttemptAt],
    ['finished', message.finishedAt],
    ['verdict id', message.verdictId]
  ]
  if (hold !== null) facts.push(...holdFacts(hold))
  return facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}

function holdFacts({
  reasons,
  risk,
  heldAt,
  deadline,
  decision
}: NonNullable<QueuedMessageAnswer['hold']>): [string, string | null][] {
  const note = decision?.note ?? null
  return [
    ['held', `${heldAt}, until ${deadline}`],
    ['because', `${reasons.join(', ')}; risk ${(risk * 100).toFixed(1)} %`],
    ['decision', decision && `${decision.kind} by ${decision.by}, ${decision.at}`],
    ['note', note]
  ]
}

/** First recipient, and how many more. */
export function recipientsCell({ envelope }: QueuedMessageAnswer): string {
  const [first = '', ...rest] = envelope.to
  return rest.length === 0 ? first : `${first} +${rest.length}`
}

/** `3d 4h`, `5h 10m`, `12m`; `now` for what has passed. */
export function timeLeft(until: string, now: number): string {
  const minutes = Math.floor((Date.parse(until) - now) / 60_000)
  if (minutes < 1) return 'now'
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)]
  if (days > 0) return `${days}d ${hours}h`
  return hours > 0 ? `${hours}h ${minutes % 60}m` : `${minutes}m`
}
