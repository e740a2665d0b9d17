import { createReadStream } from 'node:fs'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/**
 * The bytes of a file, or of standard input for `-`; unpacked where they are gzip, whatever the name says. `onRead` is told how many
 * bytes of the file itself were read so far. Errors of the file and of its compression are thrown by the iteration.
 */
export async function* openBytes(file: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file)
  const counted = countBytes(source, onRead)
  const first = await counted.next()
  if (first.done === true) return
  const whole = startingWith(first.value, counted)
  if (!isGzip(first.value)) {
    yield* whole
    return
  }
  const unpacked = createGunzip()
  // Errors of either stream end the loop below with that error
  pipeline(Readable.from(whole), unpacked, () => undefined)
  for await (const chunk of unpacked) yield chunk
}

/** RFC 1952 section 2.3.1. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

async function* countBytes(source: Readable, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no encoding is set: the chunks are bytes
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    onRead(bytes)
    yield chunk
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}
