import type { Duplex } from 'node:stream'
import { nextBytes, type Chunk } from './next-bytes.ts'

export type { Chunk } from './next-bytes.ts'

/** What a client sends, taken when we are ready for it: what is not taken waits in the system's buffers, not in ours. */
export interface Input {
  /**
   * The next line without its CRLF. A line that is longer than `maxBytes` is read over, and is not given. `deadline` (of
   * `performance.now()`) is that of the whole line, however it trickles in.
   */
  line(maxBytes: number, deadline: number): Promise<Line>
  /** Whatever there is, at least one byte. */
  chunk(deadline: number): Promise<Chunk>
  /** Bytes that were taken and belong to what follows. */
  putBack(bytes: Buffer): void
  /** Forgets what was taken and put back. */
  discard(): void
  /** Gives what was taken and not used back to the socket: somebody else reads on. */
  release(): void
  /** A whole line is here already: the client pipelines. */
  readonly hasLine: boolean
}

export type Line =
  | { readonly kind: 'line'; readonly line: Buffer }
  | { readonly kind: 'too-long' }
  /** It ends in a line feed alone (RFC 5321 section 2.3.8). */
  | { readonly kind: 'bare-line-feed' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'late' }

const lf = 0x0a
const cr = 0x0d
/** Of an overlong line, this much is read over for the sake of a good answer. Beyond it the connection is cut. */
const maxSkippedBytes = 64 * 1024

export function createInput(socket: Duplex): Input {
  return new SocketInput(socket)
}

class SocketInput implements Input {
  readonly #socket: Duplex
  #rest: Buffer = Buffer.alloc(0)

  constructor(socket: Duplex) {
    this.#socket = socket
  }

  async line(maxBytes: number, deadline: number): Promise<Line> {
    let skipped = 0
    let searched = 0
    for (;;) {
      const end = this.#rest.indexOf(lf, searched)
      if (end !== -1) return this.#takeLine(end, skipped > 0 || end - 1 > maxBytes)
      if (this.#rest.length > maxBytes + 1) {
        // The last byte stays: it may be half of the line's end
        skipped += this.#rest.length - 1
        this.#rest = this.#rest.subarray(-1)
        if (skipped > maxSkippedBytes) return { kind: 'ended' }
      }
      searched = this.#rest.length
      const more = await nextBytes(this.#socket, deadline)
      if (more.kind !== 'bytes') return more
      this.#rest = this.#rest.length === 0 ? more.bytes : Buffer.concat([this.#rest, more.bytes])
    }
  }

  #takeLine(end: number, isTooLong: boolean): Line {
    const line = this.#rest.subarray(0, Math.max(0, end - 1))
    const isBare = end === 0 || this.#rest[end - 1] !== cr
    this.#rest = this.#rest.subarray(end + 1)
    if (isBare) return { kind: 'bare-line-feed' }
    return isTooLong ? { kind: 'too-long' } : { kind: 'line', line }
  }

  async chunk(deadline: number): Promise<Chunk> {
    if (this.#rest.length === 0) return nextBytes(this.#socket, deadline)
    const bytes = this.#rest
    this.discard()
    return { kind: 'bytes', bytes }
  }

  putBack(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([bytes, this.#rest])
  }

  discard(): void {
    this.#rest = Buffer.alloc(0)
  }

  release(): void {
    if (this.#rest.length > 0) this.#socket.unshift(this.#rest)
    this.discard()
  }

  get hasLine(): boolean {
    return this.#rest.includes(lf)
  }
}
