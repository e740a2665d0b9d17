import type { Forest } from './forest.ts'

const magic = 0x464f5231 // FOR1
const headBytes = 20

/**
 * A forest as bytes, little-endian: mark, trees, nodes (32 bits each), base (64-bit float), then roots and right (32 bits), threshold and value
 * (32-bit floats), column (16 bits).
 */
export function encodeForest({ base, roots, column, threshold, right, value }: Forest): Uint8Array {
  const nodes = column.length
  const bytes = new Uint8Array(headBytes + 4 * roots.length + 14 * nodes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, roots.length, true)
  view.setUint32(8, nodes, true)
  view.setFloat64(12, base, true)
  let at = headBytes
  const put = (size: number, write: () => void): void => {
    write()
    at += size
  }
  for (const root of roots) put(4, () => view.setUint32(at, root, true))
  for (const next of right) put(4, () => view.setUint32(at, next, true))
  for (const edge of threshold) put(4, () => view.setFloat32(at, edge, true))
  for (const leaf of value) put(4, () => view.setFloat32(at, leaf, true))
  for (const asked of column) put(2, () => view.setInt16(at, asked, true))
  return bytes
}

/** The forest in these bytes, for rows of `columns`. Throws a RangeError or TypeError if they are none, or one whose walks don't end. */
export function decodeForest(bytes: Uint8Array, columns: number): Forest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== magic) throw new TypeError('not a forest')
  const trees = view.getUint32(4, true)
  const nodes = view.getUint32(8, true)
  if (bytes.byteLength !== headBytes + 4 * trees + 14 * nodes)
    throw new RangeError(`a forest of ${bytes.byteLength} bytes`)
  const at = (list: number): number => headBytes + 4 * trees + 4 * nodes * list
  const forest = {
    base: view.getFloat64(12, true),
    roots: Int32Array.from({ length: trees }, (_, tree) => view.getUint32(headBytes + 4 * tree, true)),
    right: Int32Array.from({ length: nodes }, (_, node) => view.getUint32(at(0) + 4 * node, true)),
    threshold: Float32Array.from({ length: nodes }, (_, node) => view.getFloat32(at(1) + 4 * node, true)),
    value: Float32Array.from({ length: nodes }, (_, node) => view.getFloat32(at(2) + 4 * node, true)),
    column: Int16Array.from({ length: nodes }, (_, node) => view.getInt16(at(3) + 2 * node, true))
  }
  assertEnds(forest, columns)
  return forest
}

/** Every step leads to a node further on, so that a walk ends whatever the row; and every answer is a number. */
function assertEnds(forest: Forest, columns: number): void {
  const { base, roots, column, value } = forest
  const nodes = column.length
  const isNode = (node: number): boolean => node >= 0 && node < nodes
  if (!roots.every(isNode) || !Number.isFinite(base))
    throw new RangeError('a forest with a root that is no node')
  for (let node = 0; node < nodes; node += 1) {
    const asked = column[node] ?? 0
    const isLeaf = asked === -1 && Number.isFinite(value[node])
    const isInner = asked >= 0 && asked < columns && isQuestion(forest, node)
    if (!isLeaf && !isInner) throw new RangeError(`node ${node} of the forest is neither leaf nor question`)
  }
}

function isQuestion({ column, threshold, right }: Forest, node: number): boolean {
  const other = right[node] ?? 0
  return Number.isFinite(threshold[node]) && other > node + 1 && other < column.length
}
