import type { SMTPServerDataStream } from 'smtp-server'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import { bareLineFeed, bareReturn } from '../session/strict-lines.ts'

export type ReadBytes =
  | { readonly kind: 'read'; readonly raw: Buffer }
  | { readonly kind: 'too-large' }
  /** Too many reports are being received at once. */
  | { readonly kind: 'no-room' }
  /** RFC 5321 section 2.3.8: what is passed on must not be read as two messages by the next host. */
  | { readonly kind: 'bare-line-end' }
  /** The client went away before the end. */
  | { readonly kind: 'cut-off' }

type Refused = Exclude<ReadBytes, { kind: 'read' }>

/**
 * The bytes of a report. Reads to the end, so that the reply comes where the client expects it, but keeps nothing once it is refused.
 * Gives its memory back to the budget by itself only when it is refused; otherwise the caller does.
 */
export async function readBytes(
  stream: SMTPServerDataStream,
  maxBytes: number,
  budget: ByteBudget
): Promise<ReadBytes> {
  const kept: Buffer[] = []
  let taken = 0
  let refused: Refused | undefined
  try {
    for await (const chunk of stream) if (Buffer.isBuffer(chunk)) keep(chunk)
  } catch {
    refused = { kind: 'cut-off' }
  }
  const raw = Buffer.concat(kept)
  if (refused === undefined && (bareLineFeed(raw) !== -1 || bareReturn(raw) !== -1))
    refused = { kind: 'bare-line-end' }
  if (refused === undefined) return { kind: 'read', raw }
  budget.give(taken)
  return refused

  function keep(chunk: Buffer): void {
    if (refused !== undefined) return
    if (taken + chunk.length > maxBytes) refused = { kind: 'too-large' }
    else if (!budget.take(chunk.length)) refused = { kind: 'no-room' }
    else {
      taken += chunk.length
      kept.push(chunk)
    }
    if (refused !== undefined) kept.length = 0
  }
}
