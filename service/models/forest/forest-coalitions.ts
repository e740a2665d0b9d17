import type { MaskedParts } from './forest-masks.ts'
import { nextOf, type Forest } from './forest.ts'

/**
 * Raw log-odds for every coalition of feature groups at once: bit `g` of the index says whether group `g` shows the row's values or the
 * neutral row's. Exact. A leaf is reached by those coalitions that hold some groups and lack others; written as a polynomial in the
 * groups' indicators, all leaves add up in one table, and one subset-sum transform reads off all coalitions. A few hundred trees cost
 * about as much as a hundred rows would.
 */
export function scoreCoalitions(forest: Forest, { row, neutral, groupOf, groups }: Coalitions): Float64Array {
  const sums = new Float64Array(2 ** groups)
  sums[0] = forest.base
  const walk = { forest, row, neutral, groupOf, sums }
  for (const root of forest.roots) descend(walk, root, 0, 0)
  for (let bit = 1; bit < sums.length; bit *= 2) {
    for (let index = 0; index < sums.length; index += 1) {
      if ((index & bit) !== 0) sums[index] = (sums[index] ?? 0) + (sums[index ^ bit] ?? 0)
    }
  }
  return sums
}

export interface Coalitions extends MaskedParts {
  readonly groups: number
}

interface Walk extends MaskedParts {
  readonly forest: Forest
  /** By set of groups: the coefficient of the product of their indicators. */
  readonly sums: Float64Array
}

/** `needed`: groups that must be present to get here. `barred`: groups that must not. */
function descend(walk: Walk, node: number, needed: number, barred: number): void {
  const { forest, row, neutral, groupOf, sums } = walk
  const column = forest.column[node] ?? -1
  if (column < 0) return addLeaf(sums, forest.value[node] ?? 0, needed, barred)
  const own = nextOf(forest, node, row[column] ?? 0)
  const other = nextOf(forest, node, neutral[column] ?? 0)
  if (own === other) return descend(walk, own, needed, barred)
  const group = 1 << (groupOf[column] ?? 0)
  if ((barred & group) === 0) descend(walk, own, needed | group, barred)
  if ((needed & group) === 0) descend(walk, other, needed, barred | group)
}

/** value · Π needed · Π (1 − barred), multiplied out: one term for each subset of the barred groups. */
function addLeaf(sums: Float64Array, value: number, needed: number, barred: number): void {
  for (let subset = barred; ; subset = (subset - 1) & barred) {
    const signed = bitCount(subset) % 2 === 0 ? value : -value
    sums[needed | subset] = (sums[needed | subset] ?? 0) + signed
    if (subset === 0) return
  }
}

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count += 1
  return count
}
