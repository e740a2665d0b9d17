import type { ByteBudget } from '../../../../access/byte-budget.ts'
import type { Exchange } from '../exchange.ts'
import { metadataFields } from './metadata-fields.ts'
import { boundaryOf, parseForm } from './multipart.ts'
import { readBody, type Received } from './read-body.ts'
import { listOf, oneOf, type RequestFields } from './request-fields.ts'
import { RspamdError } from '../rspamd-error.ts'
import { toEnvelope, type Envelope } from './to-question.ts'
import { unpackZstd } from './zstd.ts'

export interface MessageLimits {
  /** Of larger messages only the envelope is judged. */
  readonly maxMessageBytes: number
  /** What all requests in work may take. */
  readonly budget: ByteBudget
}

/** What is larger still is refused: nobody mails it, and reading it to its end would take minutes. */
const mostTimes = 3

export function mostBytesOf({ maxMessageBytes }: MessageLimits): number {
  return maxMessageBytes * mostTimes
}

/** The body as the message, unpacked. */
export async function receiveMessage(
  { request, fields }: Exchange,
  limits: MessageLimits
): Promise<Received> {
  const { maxMessageBytes: maxBytes, budget } = limits
  const isPacked = isZstd(fields)
  const body = await readBody(request, { maxBytes, mostBytes: mostBytesOf(limits), budget })
  return isPacked ? await unpacked(body, limits) : body
}

/** The metadata beside a message takes some room too. */
const maxFormBytes = 262_144

/** The two parts of a `/checkv3` body: what the header fields of other requests say, and the message. */
export async function receiveForm(
  { request, fields, peer }: Exchange,
  limits: MessageLimits
): Promise<{ readonly envelope: Envelope; readonly message: Received }> {
  const boundary = boundaryOf(oneOf(fields, 'content-type') ?? '')
  if (boundary === null) throw new RspamdError(400, 'cannot extract boundary from Content-Type')
  const maxBytes = limits.maxMessageBytes + maxFormBytes
  const body = await readBody(request, { maxBytes, mostBytes: mostBytesOf(limits), budget: limits.budget })
  // Who asks is within what was not read
  if (body.kind === 'too-large') throw new RspamdError(413, 'request is too large')
  if (body.kind === 'no-room') throw new RspamdError(503, 'too much is being received, try again later')
  try {
    const parts = parseForm(body.bytes, boundary, 2)
    const metadata = parts?.find(({ name }) => name === 'metadata')
    const message = parts?.find(({ name }) => name === 'message')
    if (metadata === undefined) throw new RspamdError(400, "missing 'metadata' part in v3 request")
    const envelope = toEnvelope(metadataFields(metadata.bytes, fields), peer)
    if (message === undefined) throw new RspamdError(400, "missing 'message' part in v3 request")
    const part: Received = { kind: 'whole', bytes: message.bytes, release: () => body.release() }
    return { envelope, message: message.encoding === 'zstd' ? await unpacked(part, limits) : part }
  } catch (error) {
    body.release()
    throw error
  }
}

async function unpacked(packed: Received, { maxMessageBytes, budget }: MessageLimits): Promise<Received> {
  if (packed.kind !== 'whole') return packed
  try {
    return await unpackZstd(packed.bytes, maxMessageBytes, budget)
  } finally {
    packed.release()
  }
}

function isZstd(fields: RequestFields): boolean {
  const encodings = [...listOf(fields, 'compression'), ...listOf(fields, 'content-encoding')]
  const other = encodings.find((encoding) => encoding !== 'zstd' && encoding !== 'identity')
  if (other !== undefined) throw new RspamdError(400, 'of compressions only zstd is supported')
  return encodings.includes('zstd')
}
