import { attackFamilies, knowledges } from '../../../training/attacks/attack-cell.ts'
import type { ScenarioName } from '../../../training/attacks/scenarios.ts'
import type { RunRecall } from '../../../training/attacks/score-runs.ts'
import type { BacktestSummary, LabelSummary } from '../../../training/backtest/summarise.ts'
import { printTable, type Column } from './table.ts'
import { factLines, type Terminal } from './terminal.ts'

export interface Evaluation {
  readonly scenario: ScenarioName
  readonly seed: number
  readonly victims: number
  readonly donors: number
  readonly summary: BacktestSummary
  readonly runs: readonly RunRecall[]
}

/** What was played, what it cost honest mail, and what was stopped: in percent, at 0.1 % and 1 % of this very honest mail held. */
export function evaluateView(evaluation: Evaluation, terminal: Terminal): void {
  terminal.print(`${factLines(terminal, factsOf(evaluation))}\n`)
  views[evaluation.scenario](evaluation, terminal)
}

type View = (evaluation: Evaluation, terminal: Terminal) => void

const views: Readonly<Record<ScenarioName, View>> = {
  takeovers: printCells,
  runs: printRuns,
  patience: printLabels,
  'client-change': printLabels
}

function factsOf({ scenario, seed, victims, donors, summary }: Evaluation): readonly (readonly [string, string])[] {
  const { falseHolds: { stopped, per10k }, lines, models } = summary
  return [
    ['played', `${scenario} on ${victims} senders, with mail of ${donors} others, seed ${seed}`],
    ['lines', `${lines.observed} learned, ${lines.probed} probed`],
    ['models', `takeover ${models.takeover ?? 'none'}, content ${models.content ?? 'none'}`],
    ['false holds', per10k === null ? 'no honest messages' : `${per10k.toFixed(1)} per 10,000 at the thresholds in force (${stopped.hits} of ${stopped.messages})`]
  ]
} // prettier-ignore

const right = (title: string): Column => ({ title, align: 'right' })

/** Families by what the thief knows; each cell: messages, then stopped at 0.1 % and at 1 %. */
function printCells({ summary }: Evaluation, terminal: Terminal): void {
  const byLabel = new Map(summary.labels.map((one) => [one.label, one]))
  const rows = attackFamilies.map((family) => [
    family,
    ...knowledges.flatMap((knowledge) => cellOf(byLabel.get(`${family}/${knowledge}`)))
  ])
  const columns = knowledges.flatMap((name) => [
    right(`${name}: messages`),
    right('at 0.1 %'),
    right('at 1 %')
  ])
  printTable(terminal, [{ title: 'family' }, ...columns], rows)
}

function cellOf(found: LabelSummary | undefined): readonly string[] {
  if (found === undefined) return ['–', '–', '–']
  return [String(found.stopped.messages), ...shares(found.above)]
}

function printRuns({ runs }: Evaluation, terminal: Terminal): void {
  const columns = [{ title: 'stopped at message' }, right('runs'), right('in force'), right('at 0.1 %'), right('at 1 %')]
  printTable(terminal, columns, runs.map((one) => [`${one.message} or before`, one.runs, percent(one.stopped), ...shares(one.above)]))
} // prettier-ignore

function printLabels({ summary }: Evaluation, terminal: Terminal): void {
  const columns = [{ title: 'label', width: 32 }, right('messages'), right('in force'), right('at 0.1 %'), right('at 1 %')]
  const rows = summary.labels.map(({ label, stopped, above }) => [label ?? 'honest', stopped.messages, percent(stopped.share), ...shares(above)])
  printTable(terminal, columns, rows)
} // prettier-ignore

/** At the two budgets. */
function shares([strict, loose]: readonly (number | null)[]): readonly string[] {
  return [percent(strict ?? null), percent(loose ?? null)]
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}
