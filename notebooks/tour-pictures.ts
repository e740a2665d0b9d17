import type { TopLevelSpec } from 'vega-lite'
import { colours } from './picture.ts'

export interface DayCount {
  /** `2026-11-02`. */
  readonly day: string
  readonly judged: string
  readonly messages: number
}

/** Every day has its bar; the first and every seventh after it has its name. */
const mondays = "day(toDate(datum.value)) == 1 ? utcFormat(toDate(datum.value), '%d %b') : ''"

const decisions = { domain: ['allow', 'hold', 'block'], range: [colours.sky, colours.yellow, colours.orange] }

/** All messages above, what was stopped below: on one scale nobody would see it. */
export function drawDays(counts: readonly DayCount[]): TopLevelSpec {
  const days = counts.map(({ day }) => day).toSorted()
  const x = {
    field: 'day',
    type: 'ordinal' as const,
    scale: { domain: [...new Set(days)] },
    axis: { labelAngle: 0, labelExpr: mondays, ticks: false },
    title: null
  }
  const panel = (values: readonly DayCount[], title: string, height: number) => ({
    width: 640,
    height,
    data: { values: [...values] },
    mark: { type: 'bar' as const, binSpacing: 1 },
    encoding: {
      x,
      y: { field: 'messages', type: 'quantitative' as const, aggregate: 'sum' as const, title },
      color: { field: 'judged', type: 'nominal' as const, scale: decisions, title: 'judged' }
    }
  })
  return {
    title: 'Messages a day',
    vconcat: [
      panel(counts, 'messages', 150),
      panel(
        counts.filter(({ judged }) => judged !== 'allow'),
        'stopped',
        90
      )
    ]
  }
}

export interface ScoreBin {
  /** Log-odds at which the bin begins. */
  readonly logit: number
  readonly judged: string
  readonly messages: number
}

/** How risk is spread: messages by log-odds, on a scale on which one message still shows. `threshold`: log-odds. */
export function drawScores(bins: readonly ScoreBin[], threshold: number): TopLevelSpec {
  return {
    title: 'Risk of all messages',
    width: 640,
    height: 220,
    layer: [
      {
        data: { values: bins.map((bin) => ({ ...bin, end: bin.logit + 0.5, least: 0.7 })) },
        mark: { type: 'bar', binSpacing: 1 },
        encoding: {
          x: {
            field: 'logit',
            type: 'quantitative',
            bin: { binned: true, step: 0.5 },
            title: 'log-odds of risk'
          },
          x2: { field: 'end' },
          y: {
            field: 'messages',
            type: 'quantitative',
            scale: { type: 'log', domainMin: 0.7 },
            title: 'messages (log)',
            stack: null
          },
          y2: { field: 'least' },
          color: { field: 'judged', type: 'nominal', scale: decisions, title: 'judged' },
          opacity: { value: 0.8 }
        }
      },
      {
        data: { values: [{ at: threshold, says: 'held from here' }] },
        encoding: { x: { field: 'at', type: 'quantitative' } },
        layer: [
          { mark: { type: 'rule', color: colours.black, strokeDash: [4, 3] } },
          {
            mark: { type: 'text', align: 'left', dx: 5, y: 8, fontSize: 11 },
            encoding: { text: { field: 'says' } }
          }
        ]
      }
    ]
  }
}
