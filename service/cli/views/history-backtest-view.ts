import type { HistoryBacktest } from '../../../training/backtest/history/backtest-history.ts'
import type { Disagreement } from '../../../training/backtest/history/disagreement.ts'
import type { SpanFacts } from '../../../training/backtest/history/open-span.ts'
import { dayOf } from '../../../training/history/day-of.ts'
import type { BacktestSummary } from '../../../training/backtest/summarise.ts'
import {
  heading,
  historyTable,
  interval,
  labelTable,
  numbers,
  optimisticTable,
  percent,
  spreadTable,
  verdictFacts,
  type BacktestViewOptions,
  type Fact
} from './backtest-view.ts'
import { printTable } from './table.ts'
import { factLines, type Terminal } from './terminal.ts'

/** A past as people read it: what was read, what the tested models would have made of it, and what was made of it then. */
export function historyBacktestView(
  found: HistoryBacktest,
  { seconds, terminal }: BacktestViewOptions
): void {
  const { tested, disagreement } = found
  const facts = [...spanFacts(found.span, seconds), ...modelFacts(tested, found), ...verdictFacts(tested), windowFact(found)]
  terminal.print(factLines(terminal, facts))
  heading(terminal, 'Beside what was said then')
  besideTable(terminal, found)
  heading(terminal, 'By label')
  labelTable(terminal, tested.labels)
  heading(terminal, 'Spread by label')
  spreadTable(terminal, tested.labels)
  heading(terminal, 'By messages learned before')
  historyTable(terminal, tested)
  heading(terminal, 'Optimistic: at thresholds taken from the honest mail of this span')
  optimisticTable(terminal, tested)
  disagreementTables(terminal, disagreement)
} // prettier-ignore

/** What was read, and what figures stand on. Nothing is told that is as it should be. */
export function spanFacts(span: SpanFacts, seconds: number): readonly Fact[] {
  const { messages, senders, from, to, skewed, notFinite, incomplete, otherFeatures } = span
  const rate = seconds > 0 ? `, ${Math.round(messages / seconds)} a second` : ''
  const remarks: readonly (readonly [string, number, string])[] = [
    ['wrong clocks', skewed, 'messages received before 2000 or in the future, passed over'],
    ['no numbers', notFinite, 'messages with a value that is no number, passed over'],
    ['incomplete', incomplete, 'messages: history lacks some of what their senders had taught by then'],
    ['other features', otherFeatures, 'messages were judged by features of other names: all were computed anew']
  ]
  return [
    ['history', `${messages} messages of ${senders} senders, ${dayOf(from)} to ${dayOf(to)}${rate}`],
    ...remarks.filter(([, count]) => count > 0).map(([name, count, text]): Fact => [name, `${count} ${text}`])
  ]
} // prettier-ignore

export function modelFacts({ models, thresholds }: BacktestSummary, { thresholdsFrom, knownByHeart }: Pick<HistoryBacktest, 'thresholdsFrom' | 'knownByHeart'>): readonly Fact[] {
  const origin = { window: "moved by the installation's own mail", manifest: "the models' own" }[thresholdsFrom]
  const used = thresholds === null ? 'none' : `hold ${thresholds.last.hold.toPrecision(4)}, block ${thresholds.last.block.toPrecision(4)}: ${origin}`
  const known = knownByHeart.length === 0 ? [] : [['caution', `${knownByHeart.join(' and ')} learned from mail of this very span: figures flatter them`] as const]
  return [
    ['models', `takeover ${models.takeover ?? 'none'}, content ${models.content ?? 'none'}`],
    ['thresholds', used],
    ...known
  ]
} // prettier-ignore

function windowFact({ overTime }: HistoryBacktest): Fact {
  const { first, last, per10k, per10kInterval } = overTime
  const moved = `the hold threshold goes from ${first.toPrecision(3)} to ${last.toPrecision(3)}`
  const held = per10k === null ? 'no honest messages' : `${per10k.toFixed(1)} per 10,000 honest messages held (95 %: ${per10kInterval?.low.toFixed(1) ?? '–'} to ${per10kInterval?.high.toFixed(1) ?? '–'})`
  return ['over time', `with a budget window from the first message on ${moved}; ${held}`]
} // prettier-ignore

function besideTable(terminal: Terminal, { served, tested }: HistoryBacktest): void {
  printTable(
    terminal,
    [{ title: 'judged' }, ...numbers('messages', 'bad', 'recall', '95 %', 'honest', 'held /10k', '95 %')],
    [besideRow('then', served), besideRow('now', tested)]
  )
}

function besideRow(name: string, { lines, recall, falseHolds }: BacktestSummary): readonly (string | number)[] {
  const { per10k, per10kInterval: range, stopped } = falseHolds
  const held = range === null ? '–' : `${range.low.toFixed(1)}-${range.high.toFixed(1)}`
  return [name, lines.scored, recall.messages, percent(recall.share), interval(recall.interval), stopped.messages, per10k?.toFixed(1) ?? '–', held]
} // prettier-ignore

function disagreementTables(terminal: Terminal, found: Disagreement): void {
  const { compared, same, neverJudged, stoppedByRule, cells, examples } = found
  heading(terminal, `Then and now: ${same} of ${compared} alike`)
  if (neverJudged + stoppedByRule > 0)
    terminal.print(`  not compared: ${neverJudged} never judged, ${stoppedByRule} stopped by a rule alone`)
  printTable(
    terminal,
    [{ title: 'then' }, { title: 'now' }, ...numbers('honest', 'bad', 'undecided')],
    cells.map(({ served, tested, honest, bad, unlabelled }) => [served, tested, honest, bad, unlabelled])
  )
  if (examples.length === 0) return
  heading(terminal, 'Judged otherwise, those first whose risk moved most')
  printTable(
    terminal,
    [{ title: 'verdict' }, { title: 'label', width: 24 }, { title: 'then' }, { title: 'now' }, ...numbers('risk then', 'risk now')],
    examples.slice(0, 10).map((one) => [one.verdictId, one.label, one.served, one.tested, one.riskServed?.toPrecision(3) ?? '–', one.riskTested.toPrecision(3)])
  )
} // prettier-ignore
