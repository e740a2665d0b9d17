import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { ByteBudget } from '../../../../access/byte-budget.ts'
import type { Received } from './read-body.ts'
import { RspamdError } from '../rspamd-error.ts'
import { parseZstdFrame } from './zstd-frame.ts'

const decompress = promisify(zstdDecompress)

export const packZstd: (bytes: Uint8Array) => Promise<Buffer> = promisify(zstdCompress)

/** A window of 32 MiB. More helps only what is larger than any message, and each decoder in work would take it (RFC 8878 section 3.1.1.1.2). */
const maxWindowLog = 25

/**
 * The content of a zstd frame, if it is at most `maxBytes`: a few bytes can stand for gigabytes, so decoding stops at the limit, and the
 * memory is taken from the budget before. Throws for what is no frame.
 */
export async function unpackZstd(
  packed: Uint8Array,
  maxBytes: number,
  budget: ByteBudget
): Promise<Received> {
  const frame = parseZstdFrame(packed)
  if (frame === null) throw broken('not one whole frame')
  const { contentBytes } = frame
  if (contentBytes !== null && contentBytes > maxBytes) return { kind: 'too-large', sizeBytes: contentBytes }
  const reserved = contentBytes ?? maxBytes
  if (!budget.take(reserved)) return { kind: 'no-room' }
  try {
    const bytes = await decompress(packed, {
      maxOutputLength: Math.max(1, reserved),
      params: { [constants.ZSTD_d_windowLogMax]: maxWindowLog }
    })
    budget.give(reserved - bytes.length)
    return { kind: 'whole', bytes, release: () => budget.give(bytes.length) }
  } catch (error) {
    budget.give(reserved)
    if (error instanceof RangeError && contentBytes === null)
      return { kind: 'too-large', sizeBytes: maxBytes + 1 }
    throw broken(error instanceof Error ? error.message : 'unknown')
  }
}

function broken(why: string): RspamdError {
  return new RspamdError(503, `Decompression error: ${why}`, 'task-error')
}
