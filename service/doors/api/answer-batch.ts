import { Readable } from 'node:stream'
import { readNdjson, type NdjsonLine } from '../../contracts/ndjson.ts'

/** A line, or that the service will read no more. `number`: of the line that comes next. */
export type BatchLine = NdjsonLine | { readonly number: number; readonly kind: 'closing' }

export interface AnswerBatchOptions {
  /** Newline-delimited JSON. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Called in the order of the lines; never rejects. */
  readonly answer: (line: BatchLine) => Promise<object>
  /** Lines that are being answered, or whose answers nobody has taken yet. */
  readonly maxInFlight: number
  /** Of a line, and of all lines in flight together before another is read. */
  readonly maxLineBytes: number
  /** Aborted: no further line is read, and the last answer is that of a line of kind `closing`. */
  readonly stop: AbortSignal
}

/**
 * Answers lines in their order, several at a time, each as soon as it is its turn, whether or not more lines come. While nobody takes
 * the answers nothing more is read, and nothing is once the answers are destroyed.
 */
export function answerBatch({
  chunks,
  answer,
  maxInFlight,
  maxLineBytes,
  stop
}: AnswerBatchOptions): Readable {
  const lines = admit(readNdjson(chunks, maxLineBytes), maxLineBytes, stop)
  return Readable.from(lines, { highWaterMark: 1 }).map(
    async ({ line, leave }: Admitted) => {
      const answered = await answer(line)
      leave()
      return `${JSON.stringify(answered)}\n`
    },
    { concurrency: maxInFlight }
  )
}

interface Admitted {
  readonly line: BatchLine
  /** To be called once it is answered: makes room for the next. */
  readonly leave: () => void
}

/** Gives lines on while those in flight are smaller than `maxBytes` together. Ends where the client breaks off: nobody listens then. */
async function* admit(
  lines: AsyncGenerator<NdjsonLine>,
  maxBytes: number,
  stop: AbortSignal
): AsyncGenerator<Admitted> {
  const stopped = Promise.withResolvers<'stopped'>()
  const onStop = (): void => stopped.resolve('stopped')
  stop.addEventListener('abort', onStop)
  if (stop.aborted) onStop()
  const room = createRoom(maxBytes)
  let number = 0
  try {
    for (;;) {
      await room.free()
      const next = await Promise.race([nextOf(lines), stopped.promise])
      if (next === 'ended') return
      const line: BatchLine = next === 'stopped' ? { number: number + 1, kind: 'closing' } : next
      yield { line, leave: room.enter(line) }
      if (next === 'stopped') return
      number = line.number
    }
  } finally {
    stop.removeEventListener('abort', onStop)
    void lines.return(undefined).catch(() => undefined)
  }
}

async function nextOf(lines: AsyncGenerator<NdjsonLine>): Promise<NdjsonLine | 'ended'> {
  try {
    const next = await lines.next()
    return next.done === true ? 'ended' : next.value
  } catch {
    return 'ended'
  }
}

/** Counts the bytes in flight. One asks for room at a time. */
function createRoom(maxBytes: number) {
  let bytes = 0
  let waiting: PromiseWithResolvers<void> | null = null
  return {
    enter(line: BatchLine): () => void {
      const size = line.kind === 'text' ? line.sizeBytes : 0
      bytes += size
      return () => {
        bytes -= size
        if (bytes < maxBytes) waiting?.resolve()
      }
    },
    async free(): Promise<void> {
      if (bytes < maxBytes) return
      waiting = Promise.withResolvers()
      await waiting.promise
      waiting = null
    }
  }
}
