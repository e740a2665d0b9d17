import type { Interval } from '../../../training/measure/intervals.ts'
import type { BacktestSummary, LabelSummary, Share } from '../../../training/backtest/summarise.ts'
import type { Quantiles } from '../../../training/backtest/quantiles.ts'
import { printTable, type Column } from './table.ts'
import { factLines, type Terminal } from './terminal.ts'

export interface BacktestViewOptions {
  readonly seconds: number
  readonly terminal: Terminal
}

/** The summary as people read it: what was read, the two figures that matter, then labels, history and budgets as tables. */
export function backtestView(summary: BacktestSummary, { seconds, terminal }: BacktestViewOptions): void {
  terminal.print(factLines(terminal, [...readFacts(summary, seconds), ...verdictFacts(summary)]))
  heading(terminal, 'By label')
  labelTable(terminal, summary.labels)
  heading(terminal, 'Spread by label')
  spreadTable(terminal, summary.labels)
  heading(terminal, 'By messages learned before')
  historyTable(terminal, summary)
  heading(terminal, 'Optimistic: at thresholds taken from the honest lines of this file')
  optimisticTable(terminal, summary)
}

export function historyTable(terminal: Terminal, { byHistory }: BacktestSummary): void {
  printTable(
    terminal,
    [{ title: 'from' }, ...numbers('honest', 'held /10k', 'bad', 'recall', '95 %')],
    byHistory.map(({ from, falseHolds, recall }) => [
      from,
      falseHolds.messages,
      falseHolds.share === null ? '–' : (10_000 * falseHolds.share).toFixed(1),
      recall.messages,
      percent(recall.share),
      interval(recall.interval)
    ])
  )
}

export function optimisticTable(terminal: Terminal, { optimistic }: BacktestSummary): void {
  printTable(
    terminal,
    [{ title: 'honest held' }, ...numbers('threshold', 'recall', '95 %')],
    optimistic.map(({ heldPer10k, threshold, recall }) => [
      percent(heldPer10k / 10_000),
      threshold === null ? '–' : threshold.toPrecision(4),
      percent(recall.share),
      interval(recall.interval)
    ])
  )
}

export type Fact = readonly [string, string]

function readFacts({ lines, faults, models, thresholds }: BacktestSummary, seconds: number): readonly Fact[] {
  const { scored, skipped, observed, probed, unlabelled, degraded } = lines
  const rate = seconds > 0 ? `, ${Math.round(scored / seconds)} a second` : ''
  return [
    ['lines', `${scored} scored (${observed} observed, ${probed} probed${rate}), ${skipped} skipped`],
    ...(unlabelled === 0
      ? []
      : [['unlabelled', `${unlabelled} probes, in no figure below but their own row`] as const]),
    ...(degraded === 0 ? [] : [['degraded', `${degraded} lines, where a model did not answer`] as const]),
    ...faults.map(({ code, count, first }): Fact => [
      code,
      `${count}, first in line ${first[0]?.line ?? '?'}`
    ]),
    ['models', `takeover ${models.takeover ?? 'none'}, content ${models.content ?? 'none'}`],
    [
      'thresholds',
      thresholds === null ? 'none' : `hold ${thresholds.last.hold}, block ${thresholds.last.block}`
    ]
  ]
}

export function verdictFacts({ recall, falseHolds, areaUnderCurve }: BacktestSummary): readonly Fact[] {
  const { stopped, blocked, per10k, per10kInterval, per10kBySender, sendersWithOne } = falseHolds
  const bySender = valuesOf(per10kBySender).map((value) => value?.toFixed(1) ?? '–')
  const held =
    per10k === null || per10kInterval === null
      ? 'no honest messages'
      : `${per10k.toFixed(1)} per 10,000 (95 %: ${per10kInterval.low.toFixed(1)} to ${per10kInterval.high.toFixed(1)}), ` +
        `${stopped.hits} of ${stopped.messages}, ${blocked} of them blocked`
  return [
    ['recall', recall.share === null ? 'no bad messages' : `${shareText(recall)} held or blocked`],
    ['false holds', held],
    [
      'by sender',
      `p50 ${bySender[0]}, p95 ${bySender[1]}, max ${bySender[2]} per 10,000; ${sendersWithOne} of ${stopped.senders} senders have one`
    ],
    ...(areaUnderCurve === null ? [] : [['AUC', areaUnderCurve.toFixed(4)] as const])
  ]
}

export function labelTable(terminal: Terminal, labels: readonly LabelSummary[]): void {
  printTable(
    terminal,
    [
      labelColumn,
      { title: 'counts as' },
      ...numbers('messages', 'senders', 'stopped', '95 %', 'at 0.1 %', 'at 1 %')
    ],
    labels.map(({ label, truth, stopped, above }) => [
      label ?? '(none)',
      truth,
      stopped.messages,
      stopped.senders,
      percent(stopped.share),
      interval(stopped.interval),
      ...above.map(percent)
    ])
  )
}

export function spreadTable(terminal: Terminal, labels: readonly LabelSummary[]): void {
  printTable(
    terminal,
    [labelColumn, ...numbers('risk p50', 'p95', 'max', 'stopped of a sender p50', 'p95', 'max')],
    labels.map(({ label, risk, bySender }) => [
      label ?? '(none)',
      ...valuesOf(risk).map((value) => value?.toPrecision(3) ?? '–'),
      ...valuesOf(bySender).map(percent)
    ])
  )
}

const labelColumn: Column = { title: 'label', width: 24 }

export function numbers(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title, align: 'right' }))
}

function valuesOf(found: Quantiles | null): readonly (number | null)[] {
  return [found?.p50 ?? null, found?.p95 ?? null, found?.max ?? null]
}

function shareText({ share, interval: found, hits, messages, senders }: Share): string {
  return `${percent(share)} (95 % over ${senders} senders: ${interval(found)}), ${hits} of ${messages}`
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}

export function interval(found: Interval | null): string {
  return found === null ? '–' : `${(100 * found.low).toFixed(1)}-${(100 * found.high).toFixed(1)}`
}

export function heading(terminal: Terminal, title: string): void {
  terminal.print(`\n${terminal.paint('bold', title)}`)
}
