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

/** A tree, and what it says of the rows that it was grown on. */
export interface GrownTree {
  readonly nodes: readonly TreeNode[]
  /** Rows of each leaf, beside the numbers of those nodes. */
  readonly leaves: readonly { readonly node: number; readonly rows: Int32Array }[]
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
): GrownTree {
  const nodes: TreeNode[] = []
  const leaves: { node: number; rows: Int32Array }[] = []
  const places = placesOf(binned, columns)
  const histogram = countSlopes(binned, slopes, rows, columns, places)
  const [gradient, hessian] = totals(histogram, places)
  grow({ rows, histogram, gradient, hessian }, options.depth)
  return { nodes, leaves }

  function grow(node: Growing, depth: number): void {
    const split = depth === 0 ? null : findSplit(node, columns, places, options)
    const at = nodes.length
    nodes.push(leafOf(node, options.lambda))
    if (split === null) {
      leaves.push({ node: at, rows: node.rows })
      return
    }
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
      ? countSlopes(binned, slopes, low.length < high.length ? low : high, columns, places)
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

/** Where the sums of each drawn column stand in a histogram; behind the last, its length. */
function placesOf({ starts }: BinnedRows, columns: Int32Array): Int32Array {
  const places = new Int32Array(columns.length + 1)
  for (const [drawn, column] of columns.entries())
    places[drawn + 1] = (places[drawn] ?? 0) + 2 * ((starts[column + 1] ?? 0) - (starts[column] ?? 0))
  return places
}

/** Gradient and hessian in turn, a pair for each bin of each drawn column. */
function countSlopes(
  { bins, rows: total }: BinnedRows,
  slopes: Slopes,
  rows: Int32Array,
  columns: Int32Array,
  places: Int32Array
): Float64Array {
  const histogram = new Float64Array(places[columns.length] ?? 0)
  const own = slopesOf(rows, slopes)
  for (let drawn = 0; drawn < columns.length; drawn += 1) {
    const start = (columns[drawn] ?? 0) * total
    const base = places[drawn] ?? 0
    for (let index = 0; index < rows.length; index += 1) {
      const at = base + (bins[start + (rows[index] ?? 0)] ?? 0) * 2
      histogram[at] = (histogram[at] ?? 0) + (own[2 * index] ?? 0)
      histogram[at + 1] = (histogram[at + 1] ?? 0) + (own[2 * index + 1] ?? 0)
    }
  }
  return histogram
}

/** In pairs, as they will be read: fetched out of all rows once, and not once a column. */
function slopesOf(rows: Int32Array, { gradient, hessian }: Slopes): Float32Array {
  const own = new Float32Array(rows.length * 2)
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0
    own[2 * index] = gradient[row] ?? 0
    own[2 * index + 1] = hessian[row] ?? 0
  }
  return own
}

/** Over the bins of the first column: every row stands in one of them. */
function totals(histogram: Float64Array, places: Int32Array): readonly [gradient: number, hessian: number] {
  let gradient = 0
  let hessian = 0
  for (let at = 0; at < (places[1] ?? 0); at += 2) {
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
  columns: Int32Array,
  places: Int32Array,
  { lambda, minChildWeight }: GrowOptions
): Split | null {
  let best: Split | null = null
  const whole = (gradient * gradient) / (hessian + lambda)
  for (const [drawn, column] of columns.entries()) {
    const base = places[drawn] ?? 0
    // Nothing goes right of a column's last bin
    const last = (places[drawn + 1] ?? 0) - 2
    let leftGradient = 0
    let leftHessian = 0
    for (let at = base; at < last; at += 2) {
      leftGradient += histogram[at] ?? 0
      leftHessian += histogram[at + 1] ?? 0
      const rightHessian = hessian - leftHessian
      if (leftHessian < minChildWeight || rightHessian < minChildWeight) continue
      const rightGradient = gradient - leftGradient
      const gain = leftGradient ** 2 / (leftHessian + lambda) + rightGradient ** 2 / (rightHessian + lambda) - whole // prettier-ignore
      if (gain > (best === null ? leastGain : best.gain))
        best = { column, bin: (at - base) / 2, gain, gradient: leftGradient, hessian: leftHessian }
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
