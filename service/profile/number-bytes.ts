export type NumberArray = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array

/** Each array begins where the widest number could: 8 bytes. */
const alignment = 8

/** The arrays' bytes one after the other, in this machine's byte order. */
export function joinBytes(arrays: readonly NumberArray[]): Uint8Array {
  let size = 0
  for (const array of arrays) size += aligned(array.byteLength)
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset += aligned(array.byteLength)
  }
  return bytes
}

/** Reads the arrays of `joinBytes` in order; the caller knows their types, `sizes` holds their lengths. */
export interface ByteReader {
  float64(): Float64Array
  float32(): Float32Array
  uint32(): Uint32Array
  uint16(): Uint16Array
  uint8(): Uint8Array
}

/** Throws a RangeError when the sizes and the bytes do not fit each other. */
export function createByteReader(bytes: Uint8Array, sizes: readonly number[]): ByteReader {
  // A copy: the store's own buffer may be reused, and need not be aligned
  const buffer = Uint8Array.prototype.slice.call(bytes).buffer
  let offset = 0
  let index = 0

  function next<A>(make: (from: number, length: number) => A, width: number): A {
    const length = sizes[index++] ?? 0
    const array = make(offset, length)
    offset += aligned(length * width)
    return array
  }

  return {
    float64: () => next((from, length) => new Float64Array(buffer, from, length), 8),
    float32: () => next((from, length) => new Float32Array(buffer, from, length), 4),
    uint32: () => next((from, length) => new Uint32Array(buffer, from, length), 4),
    uint16: () => next((from, length) => new Uint16Array(buffer, from, length), 2),
    uint8: () => next((from, length) => new Uint8Array(buffer, from, length), 1)
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment
}
