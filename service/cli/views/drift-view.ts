import type { DriftColumn, DriftReport, ModelDrift } from '../../contracts/drift.ts'
import { printTable, type Cell } from './table.ts'
import { factLines, type Terminal } from './terminal.ts'

/** What has moved, the furthest first; the rest is counted. All of it stands in the report. */
export function printDrift({ items, holdBudgetPer10k, messages }: DriftReport, terminal: Terminal): void {
  if (messages === 0) terminal.print('History holds no message of that time.')
  for (const item of items.filter(({ columns }) => columns.length > 0)) printModel(item, terminal)
  for (const { held } of items) if (held.length > 0) printHeld(held, holdBudgetPer10k, terminal)
}

function printModel(item: ModelDrift, terminal: Terminal): void {
  const { name, version, reference, judgedWeek, states, columns, calibration } = item
  const facts = {
    model: `${name} ${version ?? ''}`,
    'compared with': reference === null ? '-' : referenceOf(reference),
    'week of': judgedWeek ?? 'none is whole yet',
    columns: `${states.drifted} drifted, ${states.watch} to watch, ${states.stable} stable, ${states.few} with too few messages`,
    risks: calibration === null ? 'no model has judged' : calibrationOf(calibration)
  }
  terminal.print(`${factLines(terminal, Object.entries(facts))}\n`)
  const rows = [...item.drifted, ...item.watched].slice(0, mostRows).flatMap((moved): Cell[][] => {
    const column = columns.find((one) => one.name === moved)
    return column === undefined ? [] : [rowOf(column, judgedWeek)]
  })
  if (rows.length === 0) return
  const right = { align: 'right' as const }
  const titles = [
    { title: 'column' },
    { title: 'stability index', ...right },
    { title: 'by chance', ...right }
  ]
  printTable(terminal, [...titles, { title: 'the weeks before' }], rows)
  terminal.print('')
}

const mostRows = 20
const mostBefore = 8

function rowOf({ name, cells }: DriftColumn, week: string | null): Cell[] {
  const at = cells.findIndex((cell) => cell.week === week)
  const cell = cells[at]
  const before = cells.slice(Math.max(0, at - mostBefore), at).map(({ psi, state }) => {
    if (state === 'reference') return 'ref'
    return psi === null ? '-' : psi.toFixed(2)
  })
  const style = cell?.state === 'drifted' ? 'red' : 'yellow'
  return [
    name,
    { text: (cell?.psi ?? 0).toFixed(2), style },
    (cell?.byChance ?? 0).toFixed(2),
    before.join(' ')
  ]
}

const sources = { training: 'the mail it was trained on', 'first-weeks': 'the first weeks' } as const

function referenceOf({ source, from, to, messages, senders }: NonNullable<ModelDrift['reference']>): string {
  return `${sources[source]}, ${from} to ${to}: ${messages} messages of ${senders} senders`
}

function calibrationOf({ state, spoken, messages, balanced, bins }: NonNullable<ModelDrift['calibration']>) {
  const bad = bins.reduce((sum, bin) => sum + bin.bad, 0)
  const said = bins.reduce((sum, bin) => sum + bin.said, 0)
  const error =
    balanced === null ? '' : `; error with both classes even ${(100 * balanced.error).toFixed(1)} %`
  const known = `${bad} known bad, ${said.toFixed(1)} expected; ${spoken} of ${messages} spoken of`
  return `${findings[state]} (${known})${error}`
}

const findings = { few: 'too few known', plausible: 'plausible', 'too-low': 'too low' } as const

function printHeld(held: ModelDrift['held'], budget: number, terminal: Terminal): void {
  terminal.print(`Held for their risk, of 10,000 that are not known to be bad; the budget is ${budget}:\n`)
  const right = { align: 'right' as const }
  const titles = [{ title: 'week of' }, { title: 'messages', ...right }, { title: 'held', ...right }]
  const more = [{ title: 'per 10,000 (95 %)', ...right }, { title: 'undecided', ...right }, { title: '' }]
  const rows = held.slice(-mostBefore).map((week): Cell[] => {
    const { per10k, range, state } = week
    const rate = per10k === null || range === null ? '-' : `${per10k.toFixed(1)} (${range.low.toFixed(1)} to ${range.high.toFixed(1)})` // prettier-ignore
    const verdict: Cell = state === 'over' ? { text: 'over budget', style: 'red' } : heldStates[state]
    return [week.week, week.messages, week.held, rate, week.unspoken, verdict]
  })
  printTable(terminal, [...titles, ...more], rows)
}

const heldStates = { few: 'too few to say', within: 'within', under: 'under budget' } as const
