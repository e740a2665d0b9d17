import { structureNames, type StructureName } from '../../service/observation/observation.ts'
import { createRandom, shuffle } from '../../service/verdict/budget/seeded-random.ts'
import { areaUnderCurve } from '../measure/ranking.ts'
import { bucketOf } from '../split/assign-folds.ts'
import type { ContentExample } from './content-example.ts'

/** Structure features that stand on header fields: what an archive's handling could have left a mark on. */
export const headerTraits: readonly StructureName[] = [
  'recipientCountLog',
  'replyToDiffers',
  'fromNameHasAddress',
  'subjectReplyWithoutThread',
  'base64Text'
]

const bins = 8
const folds = 4

/**
 * How well header traits alone tell two groups of messages apart: area under the curve of a cross-validated logistic regression on quantile-binned
 * values. Near 0.5: the corpora were dressed alike. A planted leak must reach 1, else the probe is too weak to say so.
 */
export function probeTraits(
  one: readonly ContentExample[],
  other: readonly ContentExample[],
  traits: readonly StructureName[] = headerTraits
): number {
  const columns = traits.map((name) => structureNames.indexOf(name))
  const random = createRandom(1)
  const size = Math.min(one.length, other.length, 2_000)
  const rows = [one, other].flatMap((group, side) =>
    shuffle([...group], random)
      .slice(0, size)
      .map(({ id, structure }) => ({
        fold: bucketOf(id, folds, 1),
        isBad: side === 1,
        values: columns.map((at) => structure?.[at] ?? 0)
      }))
  )
  const edges = columns.map((_, at) => quantilesOf(rows.map(({ values }) => values[at] ?? 0)))
  const binned = rows.map((row) => ({
    ...row,
    cells: row.values.map((value, at) => at * bins + (edges[at]?.filter((edge) => value > edge).length ?? 0))
  }))
  const scored = Array.from({ length: folds }, (_, held) => {
    const score = fit(
      binned.filter(({ fold }) => fold !== held),
      columns.length * bins
    )
    return binned
      .filter(({ fold }) => fold === held)
      .map((row) => ({ isBad: row.isBad, score: score(row.cells) }))
  })
  return areaUnderCurve(scored.flat())
}

interface BinnedRow {
  readonly isBad: boolean
  readonly cells: readonly number[]
}

function quantilesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const edges = Array.from(
    { length: bins - 1 },
    (_, index) => sorted[Math.floor(((index + 1) / bins) * sorted.length)] ?? 0
  )
  return [...new Set(edges)]
}

/** Logistic regression on one-hot cells by plain gradient descent. */
function fit(rows: readonly BinnedRow[], size: number): (cells: readonly number[]) => number {
  const weights = new Float64Array(size)
  const logit = (cells: readonly number[]): number =>
    cells.reduce((sum, cell) => sum + (weights[cell] ?? 0), 0)
  for (let round = 0; round < 60; round += 1) {
    const gradient = new Float64Array(size)
    for (const { cells, isBad } of rows) {
      const error = 1 / (1 + Math.exp(-logit(cells))) - Number(isBad)
      for (const cell of cells) gradient[cell] = (gradient[cell] ?? 0) + error
    }
    for (const [cell, slope] of gradient.entries())
      weights[cell] = (weights[cell] ?? 0) - (4 * slope) / rows.length
  }
  return logit
}
