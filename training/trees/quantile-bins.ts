/** Each column's values as numbers of bins that hold about as many rows each; the order of values is all that trees need. */
export interface BinnedRows {
  readonly rows: number
  readonly columns: number
  /** Column after column, a byte a row. */
  readonly bins: Uint8Array
  /** The largest value of each bin but the last, per column. */
  readonly edges: readonly Float32Array[]
  /** Of all columns' bins in a row, the first of each column; behind the last column, how many there are. */
  readonly starts: Int32Array
}

/** A byte a bin. */
export const maxBins = 256
/** Quantiles of more rows would not differ. */
const sampledRows = 50_000

export function binRows(rows: readonly Float32Array[], columns: number, bins = maxBins): BinnedRows {
  const step = Math.max(1, Math.ceil(rows.length / sampledRows))
  const sample = new Float32Array(Math.ceil(rows.length / step))
  const edges = Array.from({ length: columns }, (_, column) => {
    for (let at = 0; at < sample.length; at += 1) sample[at] = valueOf(rows[at * step], column)
    return edgesOf(sample, Math.min(bins, maxBins))
  })
  const starts = new Int32Array(columns + 1)
  for (const [column, own] of edges.entries()) starts[column + 1] = (starts[column] ?? 0) + own.length + 1
  return { rows: rows.length, columns, bins: binValues(rows, edges), edges, starts }
}

/** Row by row, as the rows lie: a column at a time would fetch each row from memory anew. */
function binValues(rows: readonly Float32Array[], edges: readonly Float32Array[]): Uint8Array {
  const binned = new Uint8Array(rows.length * edges.length)
  for (const [row, values] of rows.entries())
    for (let column = 0; column < edges.length; column += 1) {
      const own = edges[column]
      if (own !== undefined) binned[column * rows.length + row] = binOf(valueOf(values, column), own)
    }
  return binned
}

/** What is no number counts as the smallest one. */
function valueOf(row: Float32Array | undefined, column: number): number {
  const value = row?.[column] ?? 0
  return Number.isNaN(value) ? -Infinity : value
}

function edgesOf(sample: Float32Array, bins: number): Float32Array {
  const sorted = sample.toSorted()
  const edges: number[] = []
  for (let bin = 1; bin < bins; bin += 1) {
    const edge = sorted[Math.floor((bin * sorted.length) / bins)] ?? 0
    if (edge !== edges.at(-1)) edges.push(edge)
  }
  // Nothing lies above the greatest value
  if (edges.at(-1) === sorted.at(-1)) edges.pop()
  return Float32Array.from(edges)
}

/** The first bin whose largest value is not below this one. */
function binOf(value: number, edges: Float32Array): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value > (edges[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  return low
}
