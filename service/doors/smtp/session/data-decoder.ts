/** Takes the dots out of a message as it comes and finds its end (RFC 5321 section 4.5.2). Pure. */
export interface DataDecoder {
  /** `rest` is what follows the end of the message; null while it goes on. */
  push(chunk: Buffer): { readonly pieces: readonly Buffer[]; readonly rest: Buffer | null }
}

const lf = 0x0a
const cr = 0x0d
const lineThenDot = Buffer.from('\r\n.')

export function createDataDecoder(): DataDecoder {
  // The line end of DATA itself: a dot may follow it at once. It is no part of the message
  let held: Buffer = Buffer.from('\r\n')
  let isStart = true
  return { push }

  function push(chunk: Buffer): { pieces: readonly Buffer[]; rest: Buffer | null } {
    const bytes = Buffer.concat([held, chunk])
    const pieces: Buffer[] = []
    let from = 0
    for (;;) {
      const at = bytes.indexOf(lineThenDot, from)
      if (at === -1) return hold(unfinished(bytes, from))
      const after = bytes.subarray(at + 3, at + 5)
      const isWhole = after.length === 2 || (after.length === 1 && after[0] !== cr)
      if (!isWhole) return hold(at)
      emit(at + 2)
      if (after[0] === cr && after[1] === lf) return { pieces, rest: bytes.subarray(at + 5) }
      from = at + 3
    }

    function hold(until: number): { pieces: readonly Buffer[]; rest: null } {
      if (until > from) emit(until)
      held = Buffer.from(bytes.subarray(until))
      return { pieces, rest: null }
    }

    function emit(until: number): void {
      const skip = isStart ? 2 : 0
      isStart = false
      if (until > from + skip) pieces.push(bytes.subarray(from + skip, until))
    }
  }
}

/** Where the last bytes begin that may be the beginning of CRLF and a dot. */
function unfinished(bytes: Buffer, from: number): number {
  const { length } = bytes
  if (length - from >= 2 && bytes[length - 2] === cr && bytes[length - 1] === lf) return length - 2
  return length > from && bytes[length - 1] === cr ? length - 1 : length
}
