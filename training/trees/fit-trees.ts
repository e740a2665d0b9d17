import { scoreForest } from '../../service/models/forest/forest.ts'
import { createRandom, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { noProgress, type Progress } from '../progress.ts'
import type { GrownForest } from './forest.ts'
import { growTree, type GrownTree, type TreeNode } from './grow-tree.ts'
import { binRows, maxBins, type BinnedRows } from './quantile-bins.ts'

export interface FitTreesOptions {
  readonly trees: number
  readonly depth: number
  /** Of each tree's answer that is added. */
  readonly shrinkage: number
  /** Rows and columns that each tree sees. */
  readonly rowShare: number
  readonly columnShare: number
  readonly lambda: number
  readonly minChildWeight: number
  readonly bins: number
  readonly seed: number
  /** One a row; default: all 1. */
  readonly weights?: Float32Array
  readonly progress: Progress
}

export const defaultTrees: FitTreesOptions = {
  trees: 100, depth: 5, shrinkage: 0.1, rowShare: 0.8, columnShare: 0.8, lambda: 1, minChildWeight: 2, bins: maxBins, seed: 1,
  progress: noProgress
} // prettier-ignore

/**
 * Boosted decision trees for a yes-or-no question (logistic loss, Friedman 2001; rows drawn for each tree, 2002). `labels` are 0 or 1. The same rows,
 * options and seed give the same forest.
 */
export function fitTrees(
  rows: readonly Float32Array[],
  labels: ArrayLike<number>,
  options: Partial<FitTreesOptions> = {}
): GrownForest {
  const chosen = { ...defaultTrees, ...options }
  const columns = rows[0]?.length ?? 0
  if (rows.length === 0 || rows.length !== labels.length || columns === 0 || columns > 32_767)
    throw new RangeError('fitTrees wants rows of 1 to 32767 columns, and a label for each')
  const weights = chosen.weights ?? new Float32Array(rows.length).fill(1)
  const base = baseOf(labels, weights)
  const trees = boost(binRows(rows, columns, chosen.bins), rows, labels, weights, base, chosen)
  return toForest(trees, columns, base, chosen.shrinkage)
}

function boost(
  binned: BinnedRows,
  rows: readonly Float32Array[],
  labels: ArrayLike<number>,
  weights: Float32Array,
  base: number,
  options: FitTreesOptions
): readonly (readonly TreeNode[])[] {
  const random = createRandom(options.seed)
  const scores = new Float64Array(rows.length).fill(base)
  const slopes = { gradient: new Float32Array(rows.length), hessian: new Float32Array(rows.length) }
  return Array.from({ length: options.trees }, (_, number) => {
    for (let row = 0; row < rows.length; row += 1) {
      const probability = 1 / (1 + Math.exp(-(scores[row] ?? 0)))
      const weight = weights[row] ?? 0
      slopes.gradient[row] = weight * (probability - (labels[row] ?? 0))
      slopes.hessian[row] = Math.max(1e-6, weight * probability * (1 - probability))
    }
    const drawn = drawSome(rows.length, options.rowShare, random)
    const grown = growTree(binned, slopes, drawn, drawSome(binned.columns, options.columnShare, random), options) // prettier-ignore
    addTree(scores, grown, rows, options.shrinkage)
    options.progress('grow trees', number + 1, options.trees)
    return grown.nodes
  })
}

/** What the tree says of every row: those it was grown on stand in its leaves, the others walk through it. */
function addTree(
  scores: Float64Array,
  { nodes, leaves }: GrownTree,
  rows: readonly Float32Array[],
  shrinkage: number
): void {
  const isKnown = new Uint8Array(rows.length)
  for (const leaf of leaves) {
    const value = Math.fround((nodes[leaf.node]?.value ?? 0) * shrinkage)
    for (const row of leaf.rows) {
      scores[row] = (scores[row] ?? 0) + value
      isKnown[row] = 1
    }
  }
  const forest = toForest([nodes], rows[0]?.length ?? 0, 0, shrinkage)
  for (const [row, values] of rows.entries())
    if (isKnown[row] === 0) scores[row] = (scores[row] ?? 0) + scoreForest(forest, values)
}

/** Log-odds of the weighted share of ones, kept finite. */
function baseOf(labels: ArrayLike<number>, weights: Float32Array): number {
  let ones = 0
  let all = 0
  for (const [row, weight] of weights.entries()) {
    ones += weight * (labels[row] ?? 0)
    all += weight
  }
  const share = Math.min(Math.max(ones / all, 1e-6), 1 - 1e-6)
  return Math.log(share / (1 - share))
}

/** At least one; in order, so that memory is read forwards. */
function drawSome(count: number, share: number, random: Random): Int32Array {
  const wanted = Math.max(1, Math.round(share * count))
  const drawn = new Int32Array(wanted)
  let taken = 0
  for (let at = 0; at < count && taken < wanted; at += 1)
    if (random() * (count - at) < wanted - taken) drawn[taken++] = at
  return drawn
}

function toForest(
  trees: readonly (readonly TreeNode[])[],
  columns: number,
  base: number,
  shrinkage: number
): GrownForest {
  const nodes = trees.flat()
  const roots = new Int32Array(trees.length)
  const right = new Int32Array(nodes.length)
  const gain = new Float64Array(columns)
  let start = 0
  for (const [number, tree] of trees.entries()) {
    roots[number] = start
    for (const [index, node] of tree.entries()) {
      right[start + index] = start + node.right
      if (node.column >= 0) gain[node.column] = (gain[node.column] ?? 0) + node.gain
    }
    start += tree.length
  }
  return {
    columns, base, roots, right, gain,
    column: Int16Array.from(nodes, (node) => node.column),
    threshold: Float32Array.from(nodes, (node) => node.threshold),
    value: Float32Array.from(nodes, (node) => node.value * shrinkage)
  } // prettier-ignore
}
