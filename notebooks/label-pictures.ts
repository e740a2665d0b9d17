import type { TopLevelSpec } from 'vega-lite'
import type { LabelBasis } from '../training/exploring/label-quality.ts'
import { colours } from './picture.ts'

const sides = { domain: ['honest', 'bad'], range: [colours.blue, colours.orange] }

/** How many labels rest on what, and what the models said of those messages before anybody else did. */
export function drawBases(bases: readonly LabelBasis[]): TopLevelSpec {
  const values = bases.map(({ isBad, ...more }) => ({ ...more, label: isBad ? 'bad' : 'honest', least: 0.7 }))
  const y = { field: 'basis', type: 'nominal' as const, sort: bases.map(({ basis }) => basis), title: null }
  const yOffset = { field: 'label', sort: sides.domain }
  const color = { field: 'label', type: 'nominal' as const, scale: sides, title: 'label' }
  return {
    title: 'What labels rest on',
    data: { values },
    hconcat: [
      {
        width: 280,
        height: { step: 14 },
        mark: 'bar',
        encoding: {
          y,
          yOffset,
          x: {
            field: 'messages',
            type: 'quantitative',
            scale: { type: 'log', domainMin: 0.7 },
            title: 'messages (log)'
          },
          x2: { field: 'least' },
          color
        }
      },
      {
        width: 280,
        height: { step: 14 },
        mark: { type: 'point', filled: true, size: 70 },
        encoding: {
          y: { ...y, axis: { labels: false, ticks: false } },
          yOffset,
          x: { field: 'medianRiskLogit', type: 'quantitative', title: 'median of the log-odds of risk' },
          color
        }
      }
    ]
  }
}
