import type { TopLevelSpec } from 'vega-lite'
import type { BudgetPoint, FamilyRecall } from '../training/exploring/budget-trade-off.ts'
import { colours } from './picture.ts'

const sources = { domain: ['manifest', 'installation'], range: [colours.blue, colours.orange] }

/** What is stopped beside what it costs: a point a budget, with 95 % both ways. */
export function drawTradeOff(points: readonly BudgetPoint[]): TopLevelSpec {
  const x = {
    field: 'heldPer10k',
    type: 'quantitative' as const,
    title: 'honest messages held per 10,000',
    scale: { type: 'symlog' as const, constant: 10 },
    axis: { values: [0, 2, 5, 10, 20, 50, 100, 150] }
  }
  const y = {
    field: 'recall',
    type: 'quantitative' as const,
    title: 'attacks stopped',
    axis: { format: '.0%' },
    scale: { zero: false }
  }
  const color = {
    field: 'by',
    type: 'nominal' as const,
    scale: sources,
    title: 'threshold of the',
    legend: { symbolOpacity: 1 }
  }
  return {
    title: 'What a budget costs and buys',
    width: 560,
    height: 320,
    data: { values: [...points] },
    encoding: { color },
    layer: [
      {
        mark: { type: 'rule', opacity: 0.3 },
        encoding: { x: { ...x, field: 'heldLow' }, x2: { field: 'heldHigh' }, y }
      },
      {
        mark: { type: 'rule', opacity: 0.3 },
        encoding: { x, y: { ...y, field: 'recallLow' }, y2: { field: 'recallHigh' } }
      },
      {
        mark: { type: 'line', opacity: 0.6 },
        encoding: { x, y, order: { field: 'budgetPer10k', type: 'quantitative' } }
      },
      { mark: { type: 'point', filled: true, size: 60 }, encoding: { x, y } },
      {
        mark: { type: 'text', dx: 8, dy: 10, align: 'left', fontSize: 10 },
        encoding: { x, y, text: { field: 'budgetPer10k' } }
      }
    ]
  }
}

/** The thresholds themselves, in log-odds: how much of a step from budget to budget. */
export function drawThresholds(points: readonly BudgetPoint[]): TopLevelSpec {
  return {
    title: 'Thresholds by budget',
    width: 560,
    height: 200,
    data: {
      values: points.map((point) => ({ ...point, logit: Math.log(point.threshold / (1 - point.threshold)) }))
    },
    mark: { type: 'line', point: { filled: true, size: 50 } },
    encoding: {
      x: {
        field: 'budgetPer10k',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { values: [1, 2, 5, 10, 20, 50, 100] },
        title: 'budget: honest messages per 10,000 (log)'
      },
      y: { field: 'logit', type: 'quantitative', title: 'held from these log-odds', scale: { zero: false } },
      color: { field: 'by', type: 'nominal', scale: sources, title: 'threshold of the' }
    }
  }
}

/** Kinds of attack at one threshold, with 95 %. */
export function drawFamilies(families: readonly FamilyRecall[]): TopLevelSpec {
  return {
    title: 'Stopped at the threshold in use, by kind of attack',
    width: 480,
    height: { step: 24 },
    data: { values: [...families] },
    encoding: { y: { field: 'family', type: 'nominal', title: null } },
    layer: [
      {
        mark: { type: 'bar', color: colours.sky },
        encoding: {
          x: {
            field: 'recall',
            type: 'quantitative',
            axis: { format: '.0%' },
            scale: { domain: [0, 1] },
            title: 'stopped'
          }
        }
      },
      {
        mark: { type: 'rule' },
        encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } }
      }
    ]
  }
}
