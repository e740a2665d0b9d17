/** Longer texts are left to the engine's own encoder. */
const maxShort = 64
const firstSize = 65_536

/**
 * Values of rows, one after another, as ClickHouse's RowBinary wants them: little-endian, lengths as LEB128 (ClickHouse documentation,
 * "Formats: RowBinary"). One is used again and again: it keeps its memory.
 */
export class RowBytes {
  #bytes = Buffer.allocUnsafeSlow(firstSize)
  #length = 0

  /** What was written since the last time. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return taken
  }

  /** After a row that could not be finished. */
  clear(): void {
    this.#length = 0
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
    this.#numbers(values, Uint32Array)
  }

  f32s(values: ArrayLike<number>): void {
    this.#numbers(values, Float32Array)
  }

  f64s(values: ArrayLike<number>): void {
    this.#numbers(values, Float64Array)
  }

  /** Every platform that Node runs on is little-endian. */
  #numbers(
    values: ArrayLike<number>,
    kind: Uint32ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor
  ): void {
    this.size(values.length)
    const { buffer, byteLength } = new kind(values)
    this.#reserve(byteLength)
    this.#bytes.set(new Uint8Array(buffer, 0, byteLength), this.#length)
    this.#length += byteLength
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

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
