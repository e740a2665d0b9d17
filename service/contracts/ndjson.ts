/** One line of newline-delimited JSON as it came, before anybody read it as JSON. Numbers start at 1 and count blank lines too. */
export type NdjsonLine =
  | { readonly number: number; readonly kind: 'text'; readonly text: string; readonly sizeBytes: number }
  | { readonly number: number; readonly kind: 'too-long' | 'not-utf8' }

const newline = 0x0a

/**
 * Bytes → lines, whatever the chunks. Blank lines are left out. A line longer than `maxLineBytes` is skipped without being kept: memory
 * holds one line and one chunk. A byte order mark at the start of a line is dropped, and so is the carriage return at its end.
 */
export async function* readNdjson(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number
): AsyncGenerator<NdjsonLine> {
  const line = createLineBuffer(maxLineBytes)
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      line.add(chunk.subarray(start, end))
      start = end + 1
      const ended = line.end()
      if (ended !== null) yield ended
    }
    line.add(chunk.subarray(start))
  }
  const last = line.end()
  if (last !== null) yield last
}

function createLineBuffer(maxLineBytes: number) {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let parts: Uint8Array[] = []
  let sizeBytes = 0
  let number = 0

  return {
    add(part: Uint8Array): void {
      sizeBytes += part.length
      if (sizeBytes > maxLineBytes) parts = []
      else if (part.length > 0) parts.push(part)
    },
    /** The line that ends here; null if it is blank. */
    end(): NdjsonLine | null {
      const [bytes, size] = [Buffer.concat(parts), sizeBytes]
      parts = []
      sizeBytes = 0
      number += 1
      if (size > maxLineBytes) return { number, kind: 'too-long' }
      try {
        const text = decoder.decode(bytes).trim()
        return text === '' ? null : { number, kind: 'text', text, sizeBytes: size }
      } catch {
        return { number, kind: 'not-utf8' }
      }
    }
  }
}
