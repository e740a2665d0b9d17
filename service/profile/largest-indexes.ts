/**
 * Indexes of the `count` largest of positive values, ascending; of near-equals (within one part in sixteen) at the edge, the later
 * ones. For pruning that is exact enough, and linear: sorting costs twenty times as much.
 */
export function largestIndexes(values: ArrayLike<number>, count: number): readonly number[] {
  const single = new Float32Array(values)
  // Positive floats are in the order of their bits: exponent and four bits of the fraction make the bins
  const bits = new Uint32Array(single.buffer)
  const counts = new Uint32Array(bins)
  for (let index = 0; index < bits.length; index++) {
    const bin = binOf(bits, index)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  let edge = bins - 1
  let room = count
  while (edge > 0 && (counts[edge] ?? 0) <= room) room -= counts[edge--] ?? 0
  let skipped = (counts[edge] ?? 0) - room
  const kept: number[] = []
  for (let index = 0; index < bits.length; index++) {
    const bin = binOf(bits, index)
    if (bin > edge || (bin === edge && skipped-- <= 0)) kept.push(index)
  }
  return kept
}

const bins = 4_096

function binOf(bits: Uint32Array, index: number): number {
  return ((bits[index] ?? 0) >>> 19) & (bins - 1)
}
