/**
 * Boosted trees as flat arrays: small to store, quick to walk. Node `n` splits on column `column[n]`; `right[n]` is taken where the value
 * is greater than `threshold[n]`, else the node behind it. A leaf has column -1 and adds `value[n]`.
 */
export interface Forest {
  /** Log-odds of the training rows before any tree. */
  readonly base: number
  /** Index of each tree's first node. */
  readonly roots: Int32Array
  readonly column: Int16Array
  readonly threshold: Float32Array
  readonly right: Int32Array
  readonly value: Float32Array
}

/** Log-odds of one row. A value that is no number goes left, as the smallest does. */
export function scoreForest(forest: Forest, row: Float32Array): number {
  const { roots, column, value, base } = forest
  let score = base
  for (const root of roots) {
    let node = root
    for (let at = column[node] ?? -1; at >= 0; at = column[node] ?? -1)
      node = nextOf(forest, node, row[at] ?? 0)
    score += value[node] ?? 0
  }
  return score
}

/** Where a value leads from an inner node. */
export function nextOf({ threshold, right }: Forest, node: number, value: number): number {
  return value > (threshold[node] ?? 0) ? (right[node] ?? 0) : node + 1
}
