import { inputOf, toTensor, valuesOf, type Kernel } from '../tensor/typed-values.ts'

/** Fills up rows of ids: adds nothing. */
export const noToken = -1

/**
 * Embedding bag: the sum of the table's rows for the ids of each line, divided by the square root of their count, so that long
 * messages speak no louder than short ones. `ids` [batch, width], `table` [rows, units] → [batch, units]; an id counts modulo rows,
 * `noToken` not at all. Gather, mask and sum in one pass: no [batch, width, units] in between.
 */
export const hashedBag: Kernel = ({ inputs, backend }) => {
  const idsInfo = inputOf(inputs, 'ids')
  const tableInfo = inputOf(inputs, 'table')
  const [batch = 0, width = 0] = idsInfo.shape
  const [rows = 0, units = 0] = tableInfo.shape
  const ids = valuesOf(backend, idsInfo)
  const table = valuesOf(backend, tableInfo)
  const sums = new Float32Array(batch * units)
  for (let line = 0; line < batch; line += 1) {
    const first = line * width
    const scale = bagScale(ids, first, width)
    for (let i = first; i < first + width; i += 1) {
      const id = ids[i] ?? noToken
      if (id !== noToken) addRow(sums, line * units, table, (id % rows) * units, units, scale)
    }
  }
  return toTensor(backend, sums, [batch, units])
}

/** `ids` [batch, width], `dy` [batch, units] → gradient of the table, [rows, units]. */
export const hashedBagGradient: Kernel = ({ inputs, backend, attrs }) => {
  const idsInfo = inputOf(inputs, 'ids')
  const dyInfo = inputOf(inputs, 'dy')
  const [batch = 0, width = 0] = idsInfo.shape
  const units = dyInfo.shape[1] ?? 0
  const rows = Number(attrs?.['rows'])
  const ids = valuesOf(backend, idsInfo)
  const dy = valuesOf(backend, dyInfo)
  const gradient = new Float32Array(rows * units)
  for (let line = 0; line < batch; line += 1) {
    const first = line * width
    const scale = bagScale(ids, first, width)
    for (let i = first; i < first + width; i += 1) {
      const id = ids[i] ?? noToken
      if (id !== noToken) addRow(gradient, (id % rows) * units, dy, line * units, units, scale)
    }
  }
  return toTensor(backend, gradient, [rows, units])
}

type Values = Float32Array | Int32Array

function bagScale(ids: Values, first: number, width: number): number {
  let count = 0
  for (let i = first; i < first + width; i += 1) if (ids[i] !== noToken) count += 1
  return 1 / Math.sqrt(Math.max(1, count))
}

function addRow(
  to: Float32Array,
  toStart: number,
  from: Values,
  fromStart: number,
  units: number,
  scale: number
): void {
  for (let k = 0; k < units; k += 1)
    to[toStart + k] = (to[toStart + k] ?? 0) + scale * (from[fromStart + k] ?? 0)
}
