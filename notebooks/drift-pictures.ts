import type { TopLevelSpec } from 'vega-lite'
import type { measureDrift } from '../training/drift/measure-drift.ts'
import type { GroupImportance } from '../training/exploring/feature-importance.ts'
import { colours } from './picture.ts'

export type ModelDrift = Awaited<ReturnType<typeof measureDrift>>['items'][number]

interface DriftedCell {
  readonly name: string
  readonly week: string
  readonly psi: number
  readonly byChance: number
  /** How far above what chance may do. */
  readonly times: number
}

const usualColumns = 18

/** The features that moved furthest in the last whole week, week by week: 1 is what chance alone may do. */
export function drawDrift({ columns, judgedWeek }: ModelDrift, most = usualColumns): TopLevelSpec {
  const cells = columns.map(cellsOf)
  const last = (own: readonly DriftedCell[]): number =>
    own.find(({ week }) => week === judgedWeek)?.times ?? 0
  const furthest = cells.toSorted((a, b) => last(b) - last(a)).slice(0, most)
  return {
    title: 'How far features moved (stability index, by what chance may do)',
    data: { values: furthest.flat() },
    height: { step: 20 },
    width: { step: 90 },
    encoding: {
      x: { field: 'week', type: 'ordinal', title: 'week of', axis: { labelAngle: 0 } },
      y: {
        field: 'name',
        type: 'nominal',
        sort: furthest.map(([first]) => first?.name ?? ''),
        title: null,
        axis: { labelLimit: 360 }
      }
    },
    layer: [
      {
        mark: { type: 'rect', stroke: '#ffffff' },
        encoding: {
          color: {
            field: 'times',
            type: 'quantitative',
            scale: {
              domainMid: 1,
              domain: [0, 2],
              clamp: true,
              range: [colours.blue, '#f7f7f7', colours.orange]
            },
            legend: { title: 'times chance' }
          }
        }
      },
      {
        mark: { type: 'text', fontSize: 11 },
        encoding: { text: { field: 'psi', type: 'quantitative', format: '.2f' } }
      }
    ]
  }
}

function cellsOf({ name, cells }: ModelDrift['columns'][number]): readonly DriftedCell[] {
  return cells.flatMap(({ week, psi, byChance }) =>
    psi === null || byChance === null || byChance === 0
      ? []
      : { name, week, psi, byChance, times: psi / byChance }
  )
}

/** What is lost without each group of features, with the least and the most of the rounds. */
export function drawImportance(groups: readonly GroupImportance[]): TopLevelSpec {
  return {
    title: 'What the takeover model loses without a group of features',
    data: { values: [...groups] },
    width: 480,
    height: { step: 22 },
    encoding: { y: { field: 'group', type: 'nominal', sort: groups.map(({ group }) => group), title: null } },
    layer: [
      {
        mark: { type: 'bar', color: colours.sky },
        encoding: {
          x: {
            field: 'loss',
            type: 'quantitative',
            title: 'loss of area under the ROC curve',
            scale: { nice: false },
            axis: { tickCount: 8 }
          }
        }
      },
      {
        mark: { type: 'rule', color: colours.black },
        encoding: { x: { field: 'least', type: 'quantitative' }, x2: { field: 'most' } }
      }
    ]
  }
}
