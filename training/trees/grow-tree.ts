import type { BinnedRows } from './quantile-bins.ts'

export interface GrowOptions {
  readonly depth: number
  /** L2 on leaf values. */
  readonly lambda: number
  /** Least sum of second derivatives in a leaf. */
  readonly minChildWeight: number
}

/** One node of a tree in the order of a walk that goes left first. */
export interface TreeNode {
  /** -1: a leaf. */
  readonly column: number
  readonly threshold: number
  /** Number within the tree of the node where greater values go. */
  readonly right: number
  readonly value: number
  readonly gain: number
}

/** First and second derivative of the loss at each row. */
export interface Slopes {
  readonly gradient: Float32Array
  readonly hessian: Float32Array
}

/** Rows of one node: a stretch of the tree's row numbers, and sums of slopes by column and bin. */
interface Growing {
  readonly rows: Int32Array
  readonly histogram: Float64Array
  readonly gradient: number
  readonly hessian: number
}

/**
 * One regression tree on slopes, by exact search over the bins of each drawn column (histogram method: Ke et al., LightGBM, 2017; gain and leaf values:
 * Chen and Guestrin, XGBoost, 2016). Of two children only the smaller is counted; the other is the difference.
 */
export function growTree(
  binned: BinnedRows,
  slopes: Slopes,
  rows: Int32Array,
  columns: Int32Array,
  options: GrowOptions
): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  const histogram = countSlopes(binned, slopes, rows, columns)
  const [gradient, hessian] = totals(histogram, binned.width)
  grow({ rows, histogram, gradient, hessian }, options.depth)
  return nodes

  function grow(node: Growing, depth: number): void {
    const split = depth === 0 ? null : findSplit(node, binned, columns, options)
    const at = nodes.length
    nodes.push(leafOf(node, options.lambda))
    if (split === null) return
    const [left, right] = divide(node, split, depth > 1)
    grow(left, depth - 1)
    const threshold = binned.edges[split.column]?.[split.bin] ?? 0
    nodes[at] = { column: split.column, threshold, right: nodes.length, value: 0, gain: split.gain }
    grow(right, depth - 1)
  }

  /** Leaves of the last level need no histogram. */
  function divide(node: Growing, split: Split, goesOn: boolean): readonly [Growing, Growing] {
    const [low, high] = partition(node.rows, binned, split)
    const rest = goesOn ? node.histogram : new Float64Array()
    const counted = goesOn
      ? countSlopes(binned, slopes, low.length < high.length ? low : high, columns)
      : rest
    for (let at = 0; at < rest.length; at += 1) rest[at] = (rest[at] ?? 0) - (counted[at] ?? 0)
    const [lowSums, highSums] = low.length < high.length ? [counted, rest] : [rest, counted]
    return [
      { rows: low, histogram: lowSums, gradient: split.gradient, hessian: split.hessian },
      { rows: high, histogram: highSums, gradient: node.gradient - split.gradient, hessian: node.hessian - split.hessian }
    ] // prettier-ignore
  }
}

function leafOf({ gradient, hessian }: Growing, lambda: number): TreeNode {
  return { column: -1, threshold: 0, right: 0, value: -gradient / (hessian + lambda), gain: 0 }
}

/** Gradient and hessian in turn, `width` pairs a drawn column. */
function countSlopes(
  { bins, rows: total, width }: BinnedRows,
  { gradient, hessian }: Slopes,
  rows: Int32Array,
  columns: Int32Array
): Float64Array {
  const histogram = new Float64Array(columns.length * width * 2)
  for (let drawn = 0; drawn < columns.length; drawn += 1) {
    const start = (columns[drawn] ?? 0) * total
    const base = drawn * width * 2
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0
      const at = base + (bins[start + row] ?? 0) * 2
      histogram[at] = (histogram[at] ?? 0) + (gradient[row] ?? 0)
      histogram[at + 1] = (histogram[at + 1] ?? 0) + (hessian[row] ?? 0)
    }
  }
  return histogram
}

/** Over the bins of the first column: every row stands in one of them. */
function totals(histogram: Float64Array, width: number): readonly [gradient: number, hessian: number] {
  let gradient = 0
  let hessian = 0
  for (let at = 0; at < width * 2; at += 2) {
    gradient += histogram[at] ?? 0
    hessian += histogram[at + 1] ?? 0
  }
  return [gradient, hessian]
}

interface Split {
  readonly column: number
  /** Rows of this bin and those below go left. */
  readonly bin: number
  readonly gain: number
  /** Sums of the left side. */
  readonly gradient: number
  readonly hessian: number
}

const leastGain = 1e-6

function findSplit(
  { histogram, gradient, hessian }: Growing,
  { edges, width }: BinnedRows,
  columns: Int32Array,
  { lambda, minChildWeight }: GrowOptions
): Split | null {
  let best: Split | null = null
  const whole = (gradient * gradient) / (hessian + lambda)
  for (let drawn = 0; drawn < columns.length; drawn += 1) {
    const column = columns[drawn] ?? 0
    const last = edges[column]?.length ?? 0
    let leftGradient = 0
    let leftHessian = 0
    for (let bin = 0; bin < last; bin += 1) {
      const at = (drawn * width + bin) * 2
      leftGradient += histogram[at] ?? 0
      leftHessian += histogram[at + 1] ?? 0
      const rightHessian = hessian - leftHessian
      if (leftHessian < minChildWeight || rightHessian < minChildWeight) continue
      const rightGradient = gradient - leftGradient
      const gain = leftGradient ** 2 / (leftHessian + lambda) + rightGradient ** 2 / (rightHessian + lambda) - whole // prettier-ignore
      if (gain > (best === null ? leastGain : best.gain))
        best = { column, bin, gain, gradient: leftGradient, hessian: leftHessian }
    }
  }
  return best
}

function partition(
  rows: Int32Array,
  { bins, rows: total }: BinnedRows,
  { column, bin }: Split
): readonly [low: Int32Array, high: Int32Array] {
  const start = column * total
  const low = new Int32Array(rows.length)
  const high = new Int32Array(rows.length)
  let lows = 0
  let highs = 0
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0
    if ((bins[start + row] ?? 0) <= bin) low[lows++] = row
    else high[highs++] = row
  }
  return [low.subarray(0, lows), high.subarray(0, highs)]
}
