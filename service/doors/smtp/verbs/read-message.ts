import type { SMTPServerDataStream } from 'smtp-server'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import { bareLineFeed, bareReturn } from '../session/strict-lines.ts'

export type ReadOutcome =
  | { readonly kind: 'read'; readonly raw: Buffer }
  | { readonly kind: 'too-large' }
  /** Too many messages are being received at once. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'bare-line-end' }
  /** The client went away before the end. */
  | { readonly kind: 'cut-off' }

/**
 * The bytes of a message. Always reads to the end, so that the reply comes where the client expects it, but keeps nothing once the
 * message is refused. Gives its memory back to the budget by itself only when it is refused; otherwise the caller does.
 */
export async function readMessage(
  stream: SMTPServerDataStream,
  maxBytes: number,
  budget: ByteBudget
): Promise<ReadOutcome> {
  const chunks: Buffer[] = []
  let taken = 0
  let refused: ReadOutcome | undefined
  try {
    for await (const chunk of stream) {
      if (refused !== undefined || !Buffer.isBuffer(chunk)) continue
      refused =
        taken + chunk.length > maxBytes
          ? { kind: 'too-large' }
          : budget.take(chunk.length)
            ? undefined
            : { kind: 'no-room' }
      if (refused !== undefined) chunks.length = 0
      else {
        taken += chunk.length
        chunks.push(chunk)
      }
    }
  } catch {
    refused = { kind: 'cut-off' }
  }
  const raw = Buffer.concat(chunks)
  const outcome = refused ?? (hasBareLineEnd(raw) ? { kind: 'bare-line-end' } : { kind: 'read', raw })
  if (outcome.kind !== 'read') budget.give(taken)
  return outcome
}

/** RFC 5321 section 2.3.8: CR and LF never stand alone. A message in which they do may be read as two by the next host. */
function hasBareLineEnd(raw: Uint8Array): boolean {
  return bareLineFeed(raw) !== -1 || bareReturn(raw) !== -1
}
