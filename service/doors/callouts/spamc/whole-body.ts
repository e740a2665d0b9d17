import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { fieldOf } from '../spamd-wire/request-head.ts'
import type { Body, ReceivedRequest, RequestReaderOptions } from '../spamd-wire/request-reader.ts'

const inflated = promisify(inflate)

/** DEFLATE shrinks at most 1,032 times: what a compressed message can become. */
const maxRatio = 1_032

export type WholeBody = Body | { readonly kind: 'not-zlib' }

/** The message, out of SPAMC's `Compress: zlib` where it came so. What it may become is taken from the budget while `use` uses it. */
export async function withWholeBody<Result>(
  { head, body }: ReceivedRequest,
  { maxMessageBytes, budget }: RequestReaderOptions,
  use: (body: WholeBody) => Promise<Result>
): Promise<Result> {
  if (body.kind !== 'whole' || fieldOf(head, 'compress')?.toLowerCase() !== 'zlib') return await use(body)
  const maxBytes = Math.min(maxMessageBytes, body.bytes.length * maxRatio)
  if (!budget.take(maxBytes)) return await use({ kind: 'no-room' })
  try {
    return await use(await inflateBody(body.bytes, maxBytes))
  } finally {
    budget.give(maxBytes)
  }
}

/** Stops where it becomes longer than `maxBytes`: a few bytes can stand for gigabytes. */
async function inflateBody(compressed: Buffer, maxBytes: number): Promise<WholeBody> {
  try {
    return { kind: 'whole', bytes: await inflated(compressed, { maxOutputLength: maxBytes }) }
  } catch (error) {
    return error instanceof RangeError ? { kind: 'too-large', sizeBytes: maxBytes + 1 } : { kind: 'not-zlib' }
  }
}
