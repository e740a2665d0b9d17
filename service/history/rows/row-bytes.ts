/** Longer texts are left to the engine's own encoder. */
const maxShort = 64
/** Of the memory that rows share, one after another. */
const slabSize = 262_144
const firstNumbers = 4_096

/**
 * Values of rows, one after another, as ClickHouse's RowBinary wants them: little-endian, lengths as LEB128 (ClickHouse documentation,
 * "Formats: RowBinary"). One is used again and again; rows lie in its memory one behind the other, as memory of their own for each costs more
 * than their bytes.
 */
export class RowBytes {
  #bytes = Buffer.allocUnsafeSlow(slabSize)
  /** Where the row begins that is being written. */
  #start = 0
  #length = 0
  #memory = scratchOf(firstNumbers)

  /** What was written since the last time: a Buffer, which is stored as it is, where other views are copied. */
  take(): Buffer {
    const taken = this.#bytes.subarray(this.#start, this.#length)
    this.#start = this.#length
    return taken
  }

  /** After a row that could not be finished. */
  clear(): void {
    this.#length = this.#start
  }

  u8(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  bool(value: boolean): void {
    this.u8(value ? 1 : 0)
  }

  u32(value: number): void {
    this.#reserve(4)
    this.#length = this.#bytes.writeUInt32LE(value, this.#length)
  }

  /** Of a whole number from 0 to 2^53; DateTime64(3) takes epoch ms like this. */
  u64(value: number): void {
    this.#reserve(8)
    const low = value % 4_294_967_296
    this.#length = this.#bytes.writeUInt32LE(low, this.#length)
    this.#length = this.#bytes.writeUInt32LE((value - low) / 4_294_967_296, this.#length)
  }

  f32(value: number): void {
    this.#reserve(4)
    this.#length = this.#bytes.writeFloatLE(value, this.#length)
  }

  f64(value: number): void {
    this.#reserve(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** How many values follow. */
  size(value: number): void {
    this.#reserve(5)
    let left = value
    while (left > 127) {
      this.#bytes[this.#length++] = (left & 127) | 128
      left >>>= 7
    }
    this.#bytes[this.#length++] = left
  }

  text(value: string): void {
    if (value.length <= maxShort && this.#ascii(value)) return
    this.size(Buffer.byteLength(value))
    this.#reserve(value.length * 3)
    this.#length += this.#bytes.write(value, this.#length)
  }

  texts(values: readonly string[]): void {
    this.size(values.length)
    for (const value of values) this.text(value)
  }

  u32s(values: ArrayLike<number>): void {
    this.#numbers(values, this.#scratch(values.length).u32s)
  }

  f32s(values: ArrayLike<number>): void {
    this.#numbers(values, this.#scratch(values.length).f32s)
  }

  f64s(values: ArrayLike<number>): void {
    this.#numbers(values, this.#scratch(values.length).f64s)
  }

  /** Every platform that Node runs on is little-endian. */
  #numbers(values: ArrayLike<number>, scratch: Uint32Array | Float32Array | Float64Array): void {
    const count = values.length
    this.size(count)
    for (let at = 0; at < count; at++) scratch[at] = values[at] ?? 0
    const byteLength = count * scratch.BYTES_PER_ELEMENT
    this.#reserve(byteLength)
    this.#bytes.set(new Uint8Array(scratch.buffer, 0, byteLength), this.#length)
    this.#length += byteLength
  }

  /** Numbers are converted here, as a row's memory is not aligned for them. */
  #scratch(count: number): Scratch {
    if (count > this.#memory.f64s.length) this.#memory = scratchOf(count * 2)
    return this.#memory
  }

  /** Most texts are hashes and codes; a call into the engine costs more than their bytes. False: it was not ASCII. */
  #ascii(value: string): boolean {
    this.#reserve(value.length + 1)
    const start = this.#length
    this.#bytes[start] = value.length
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at)
      if (code > 127) return false
      this.#bytes[start + 1 + at] = code
    }
    this.#length = start + 1 + value.length
    return true
  }

  /** Goes on in other memory: what was taken keeps its own. */
  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const row = this.#bytes.subarray(this.#start, this.#length)
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(slabSize, 2 * (row.length + count)))
    this.#bytes.set(row)
    this.#start = 0
    this.#length = row.length
  }
}

interface Scratch {
  readonly u32s: Uint32Array
  readonly f32s: Float32Array
  readonly f64s: Float64Array
}

/** One memory, seen as each kind of number. */
function scratchOf(count: number): Scratch {
  const memory = new ArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT)
  return {
    u32s: new Uint32Array(memory),
    f32s: new Float32Array(memory),
    f64s: new Float64Array(memory)
  }
}
