import type { VerdictAnswer } from '../../contracts/verdict-answer.ts'
import type { ReasonEntry } from '../../verdict/reasons/reason-entry.ts'
import { reasons } from '../../verdict/reasons/reasons.ts'
import { neutralise } from './neutralise.ts'
import { displayWidth, factLines, wrap, type Style, type Terminal } from './terminal.ts'

export interface VerdictViewOptions {
  /** What was scored: a file's name. */
  readonly title: string
  readonly terminal: Terminal
}

/** A verdict as people read it: what, how sure, about whom, then why, the weightiest reason first. */
export function verdictView(verdict: VerdictAnswer, { title, terminal }: VerdictViewOptions): string {
  return [
    headLine(verdict, title, terminal),
    '',
    factLines(terminal, aboutFacts(verdict)),
    '',
    reasonLines(verdict, terminal),
    '',
    factLines(terminal, groundFacts(verdict)),
    ''
  ].join('\n')
}

const styles = {
  allow: ['bold', 'white', 'bgGreen'],
  hold: ['bold', 'black', 'bgYellow'],
  block: ['bold', 'white', 'bgRed']
} as const satisfies Record<VerdictAnswer['verdict'], Style>

function headLine(
  { verdict, risk, duplicate, degraded }: VerdictAnswer,
  title: string,
  terminal: Terminal
): string {
  const label = terminal.paint(styles[verdict], ` ${verdict.toUpperCase()} `)
  const notes = [...(duplicate ? ['duplicate'] : []), ...(degraded ? ['degraded'] : [])]
  const rest = [`risk ${percent(risk)}`, ...notes].join(', ')
  const room = terminal.columns - verdict.length - rest.length - 6
  return `${label}  ${terminal.paint('bold', rest)}  ${shorten(neutralise(title), room)}`
}

/** Keeps the end, where a path says most. */
function shorten(text: string, columns: number): string {
  const characters = Array.from(text)
  const room = Math.max(8, columns)
  if (displayWidth(text) <= room) return text
  while (displayWidth(characters.join('')) > room - 1) characters.shift()
  return `…${characters.join('')}`
}

function aboutFacts({ sender, priority, scores, score, requiredScore }: VerdictAnswer): [string, string][] {
  const history =
    sender.messagesSeen === 0 ? 'no history' : `${Math.round(sender.messagesSeen)} messages seen`
  const sure = `confidence ${Math.round(priority.confidence * 100)} %`
  return [
    [
      'sender',
      `${sender.id === '' ? 'nobody' : sender.id} (${sender.strength}), ${history}, ${sender.containment}`
    ],
    ['priority', `${priority.label} (MT-PRIORITY ${priority.mtPriority}, ${sure})`],
    [
      'scores',
      `takeover ${said(scores.takeover)}, spam ${said(scores.spam)}; ${score} of ${requiredScore} points`
    ]
  ]
}

function said(value: number | null): string {
  return value === null ? 'not known' : percent(value)
}

function groundFacts({
  thresholds,
  hold,
  models,
  limits,
  id,
  submissionId,
  holdId,
  durationMs
}: VerdictAnswer): [string, string][] {
  const used = Object.entries(models).map(([name, version]) => `${name} ${version ?? 'none'}`)
  return [
    ['thresholds', `hold at ${percent(thresholds.hold)}, block at ${percent(thresholds.block)}`],
    ...optional(hold, ({ kind, until, onTimeout }) => ['hold', `${kind}, until ${until}, then ${onTimeout}`]),
    ['models', used.join(', ')],
    ['limit', `${limits.remainingToday} messages left today`],
    ['verdict id', id],
    ...optional(submissionId, (value) => ['submission', value]),
    ...optional(holdId, (value) => ['hold id', value]),
    ['took', `${durationMs.toFixed(1)} ms`]
  ]
}

function optional<Value>(value: Value | null, say: (value: Value) => [string, string]): [string, string][] {
  return value === null ? [] : [say(value)]
}

type Reason = VerdictAnswer['reasons'][number]

const barCells = 10
/** Log-odds of a full bar: e⁴ is about 55 times the odds. */
const fullBar = 4
const indent = '  '
const left = indent.length + 6 + 1 + barCells + 2

function reasonLines({ reasons: given }: VerdictAnswer, terminal: Terminal): string {
  if (given.length === 0) return `${indent}no reasons: nothing stood out`
  const sorted = given.toSorted((a, b) => weight(b) - weight(a))
  return sorted.map((reason) => reasonBlock(reason, terminal)).join('\n')
}

/** Policy says its reasons without a contribution; they decided, so they come first. Where the sum starts is told last. */
function weight({ code, contribution }: Reason): number {
  const group = groupOf(code)
  if (group === 'baseline') return -1
  return group === 'policy' ? Number.POSITIVE_INFINITY : Math.abs(contribution)
}

/** undefined: a reason of another version. */
function groupOf(code: string): string | undefined {
  return Object.entries<ReasonEntry>(reasons).find(([known]) => known === code)?.[1].group
}

function reasonBlock({ code, message, contribution, evidence }: Reason, terminal: Terminal): string {
  const group = groupOf(code)
  const isPolicy = group === 'policy'
  const colour = isPolicy ? 'magenta' : contribution > 0 ? 'red' : 'green'
  const number = isPolicy ? 'policy' : `${contribution > 0 ? '+' : '−'}${Math.abs(contribution).toFixed(2)}`
  const head = `${indent}${number.padStart(6)} ${isPolicy || group === 'baseline' ? ' '.repeat(barCells) : bar(contribution)}`
  const room = terminal.columns - left
  const margin = ' '.repeat(left)
  const sentence = wrap(neutralise(message), room).map((line) => `${margin}${line}`)
  const shown = Object.entries(evidence).map(([name, value]) => `${words(name)} ${fact(value)}`)
  const facts = shown.length === 0 ? [] : wrap(neutralise(shown.join(' · ')), room)
  return [
    `${terminal.paint(colour, head)}  ${terminal.paint('bold', neutralise(code))}`,
    ...sentence,
    ...facts.map((line) => `${margin}${terminal.paint('dim', line)}`)
  ].join('\n')
}

function bar(contribution: number): string {
  const filled = Math.min(barCells, Math.max(1, Math.round((Math.abs(contribution) / fullBar) * barCells)))
  return '█'.repeat(filled) + '·'.repeat(barCells - filled)
}

/** `usualFromHour` → `usual from hour`. */
function words(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2').toLowerCase()
}

function fact(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value
}

function percent(share: number): string {
  if (share > 0 && share < 0.0001) return '<0.01 %'
  const digits = share >= 0.1 ? 0 : share >= 0.01 ? 1 : 2
  return share > 0.99 && share < 1 ? `${(share * 100).toFixed(2)} %` : `${(share * 100).toFixed(digits)} %`
}
