import type { HistorySimulation } from '../../../training/attacks/history/simulate-history.ts'
import { simulationSentence } from '../../../training/attacks/history/report/simulation-sentence.ts'
import { simulationTables } from '../../../training/attacks/history/report/simulation-tables.ts'
import { heading, type Fact } from './backtest-view.ts'
import { modelFacts, spanFacts } from './history-backtest-view.ts'
import { printTable } from './table.ts'
import { factLines, wrap, type Terminal } from './terminal.ts'

export interface SimulationViewOptions {
  readonly terminal: Terminal
  /** Where the page was written. */
  readonly report: string | null
}

/** What would have happened: a sentence, what it stands on, and the tables. */
export function simulationView(found: HistorySimulation, { terminal, report }: SimulationViewOptions): void {
  for (const line of wrap(simulationSentence(found), terminal.columns)) terminal.print(terminal.paint('bold', line))
  terminal.print(`\n${factLines(terminal, factsOf(found))}`)
  for (const { title, about, head, rows } of simulationTables(found)) {
    heading(terminal, title)
    for (const line of wrap(about, terminal.columns)) terminal.print(terminal.paint('dim', line))
    const columns = head.map((name, index) => ({ title: name, ...(index > 1 && { align: 'right' as const }) }))
    printTable(terminal, columns, rows)
  }
  if (report !== null) terminal.print(`\nThe page is ${report}/takeovers.md.`)
} // prettier-ignore

function factsOf(found: HistorySimulation): readonly Fact[] {
  const { span, summary, victims, lenders, tooShort, notDrawn, notHonest, notMade, seed } = found
  const others = [
    ...(tooShort > 0 ? [`${tooShort} with a single message`] : []),
    ...(notDrawn > 0 ? [`${notDrawn} not drawn`] : [])
  ]
  const left = [
    ...(notHonest > 0 ? [`${notHonest} messages that count as bad or of which nobody knows`] : []),
    ...(notMade > 0 ? [`${notMade} attacks that found no place`] : [])
  ]
  return [
    ['played', `takeovers of ${victims} senders, with mail of ${lenders} others, seed ${seed}`],
    ...spanFacts(span, 0),
    ...(others.length > 0 ? [['other senders', others.join(', ')] as const] : []),
    ...(left.length > 0 ? [['left out', left.join(', ')] as const] : []),
    ...modelFacts(summary, found)
  ]
} // prettier-ignore
