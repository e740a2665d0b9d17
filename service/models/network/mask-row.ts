/** The row as if only the groups of `mask` spoke (bit g: group g), the other features as in the neutral row. `groupOf` is by feature. */
export function maskRow(
  row: Float32Array,
  neutral: Float32Array,
  groupOf: Uint8Array,
  mask: number
): Float32Array {
  const masked = row.slice()
  for (let feature = 0; feature < masked.length; feature += 1)
    if ((mask & (1 << (groupOf[feature] ?? 0))) === 0) masked[feature] = neutral[feature] ?? 0
  return masked
}
