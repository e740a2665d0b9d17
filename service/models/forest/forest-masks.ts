import { nextOf, type Forest } from './forest.ts'

/** A row, and which of its columns speak together. */
export interface MaskedParts {
  readonly row: Float32Array
  readonly neutral: Float32Array
  /** By column. */
  readonly groupOf: Uint8Array
}

/**
 * Raw log-odds of a row with only the groups of each mask showing its values (bit `g`: group `g`), the others those of the neutral row:
 * to the last bit what `scoreForest` says of each such row. A tree is walked again only for those masks that lead away from the row's own
 * leaf, a third of them where one group at a time is left out.
 */
export function scoreMasks(forest: Forest, parts: MaskedParts, masks: readonly number[]): Float64Array {
  const scores = new Float64Array(masks.length).fill(forest.base)
  for (const root of forest.roots) {
    const { leaf, turned } = walkOwn(forest, parts, root)
    for (let index = 0; index < masks.length; index += 1) {
      const mask = masks[index] ?? 0
      const reached = (turned & ~mask) === 0 ? leaf : walkMasked(forest, parts, root, mask)
      scores[index] = (scores[index] ?? 0) + (forest.value[reached] ?? 0)
    }
  }
  return scores
}

/** The row's own leaf; as bits the groups whose neutral value would have led elsewhere on the way. */
function walkOwn(
  forest: Forest,
  { row, neutral, groupOf }: MaskedParts,
  root: number
): { readonly leaf: number; readonly turned: number } {
  let node = root
  let turned = 0
  for (let at = forest.column[node] ?? -1; at >= 0; at = forest.column[node] ?? -1) {
    const next = nextOf(forest, node, row[at] ?? 0)
    if (next !== nextOf(forest, node, neutral[at] ?? 0)) turned |= 1 << (groupOf[at] ?? 0)
    node = next
  }
  return { leaf: node, turned }
}

function walkMasked(
  forest: Forest,
  { row, neutral, groupOf }: MaskedParts,
  root: number,
  mask: number
): number {
  let node = root
  for (let at = forest.column[node] ?? -1; at >= 0; at = forest.column[node] ?? -1) {
    const speaks = (mask & (1 << (groupOf[at] ?? 0))) !== 0
    node = nextOf(forest, node, (speaks ? row[at] : neutral[at]) ?? 0)
  }
  return node
}
