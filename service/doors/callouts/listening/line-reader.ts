/** Bytes → lines, at most one of them kept. Pure. */
export interface LineReader {
  /** The lines that these bytes complete, without their line feed. `null`: a line is too long; nothing more is to be given then. */
  push(chunk: Uint8Array): Generator<Uint8Array | null>
  /** Whether a line has begun and not ended. */
  isWithin(): boolean
}

const lf = 0x0a

export function createLineReader(maxLineBytes: number): LineReader {
  let rest: Uint8Array = new Uint8Array()

  function* push(chunk: Uint8Array): Generator<Uint8Array | null> {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(lf); end !== -1; end = bytes.indexOf(lf, from)) {
      yield end - from > maxLineBytes ? null : bytes.subarray(from, end)
      from = end + 1
    }
    // A copy: a view would keep the whole chunk alive
    rest = Uint8Array.from(bytes.subarray(from))
    if (rest.length > maxLineBytes) yield null
  }

  return { push, isWithin: () => rest.length > 0 }
}
