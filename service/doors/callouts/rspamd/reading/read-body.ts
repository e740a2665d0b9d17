import type { IncomingMessage } from 'node:http'
import type { ByteBudget } from '../../../../access/byte-budget.ts'
import { createGrowingBuffer } from '../../spamd-wire/growing-buffer.ts'
import { RspamdError } from '../rspamd-error.ts'

/** What became of bytes that somebody sent. */
export type Received =
  | {
      readonly kind: 'whole'
      /** Valid until released. */
      readonly bytes: Buffer
      release(): void
    }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  /** Too much is being received at once. */
  | { readonly kind: 'no-room' }

export interface BodyLimits {
  /** More is read to its end, so that the answer comes where the client expects it, and not kept. */
  readonly maxBytes: number
  /** More is refused: before it is read where it is announced. */
  readonly mostBytes: number
  readonly budget: ByteBudget
}

/** The length that is announced; 0 where there is none. */
export function announcedBytes({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0)
}

/** The body of a request. Rejects if the client goes away before its end, or sends more than anybody does. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Received> {
  const { maxBytes, mostBytes, budget } = limits
  if (announcedBytes(request) > mostBytes) throw tooLarge(mostBytes)
  const memory = createGrowingBuffer(budget)
  let sizeBytes = 0
  let isKept = true
  let hasRoom = true

  function take(chunk: Buffer): void {
    sizeBytes += chunk.length
    if (!isKept) return
    hasRoom = sizeBytes > maxBytes || memory.append(chunk)
    isKept = hasRoom && sizeBytes <= maxBytes
    if (!isKept) memory.release()
  }

  try {
    await new Promise<void>((resolve, reject) => {
      request.on('data', (chunk: Buffer) => {
        take(chunk)
        if (sizeBytes > mostBytes) reject(tooLarge(mostBytes))
      })
      request.once('end', resolve)
      const cutOff = (): void => reject(new RspamdError(400, 'the request was cut off'))
      // Kept on: an error may also come later, and nobody else listens
      request.on('error', cutOff)
      request.once('close', cutOff)
    })
  } catch (error) {
    memory.release()
    throw error
  }
  if (isKept) return { kind: 'whole', bytes: memory.bytes(), release: () => memory.release() }
  return hasRoom ? { kind: 'too-large', sizeBytes } : { kind: 'no-room' }
}

function tooLarge(mostBytes: number): RspamdError {
  return new RspamdError(413, `request is larger than ${mostBytes} bytes`)
}
