import type { ByteBudget } from '../../../access/byte-budget.ts'
import { createDataDecoder } from '../session/data-decoder.ts'
import type { Input } from '../session/input.ts'
import { bareLineFeed, bareReturn } from '../session/strict-lines.ts'
import type { Pace } from '../bounds/pace.ts'

export type ReadOutcome =
  | { readonly kind: 'read'; readonly raw: Buffer }
  | { readonly kind: 'too-large' }
  /** Too many messages are being received at once. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'bare-line-end' }
  /** It trickles in, or has taken too long. */
  | { readonly kind: 'too-slow' }
  /** The client went away before the end. */
  | { readonly kind: 'cut-off' }

export interface ReadOptions {
  readonly maxBytes: number
  readonly budget: ByteBudget
  readonly pace: Pace
}

/** However much follows a message that is already too large: a reply is worth this much reading (as many times the limit). */
const maxOverrun = 4

/**
 * The bytes of a message. Reads to the end, so that the reply comes where the client expects it, but keeps nothing once the message is
 * refused. Gives its memory back to the budget by itself only when it is refused; otherwise the caller does.
 */
export async function readMessage(
  input: Input,
  { maxBytes, budget, pace }: ReadOptions
): Promise<ReadOutcome> {
  const decoder = createDataDecoder()
  const kept: Buffer[] = []
  let [taken, seen] = [0, 0]
  let refused: Exclude<ReadOutcome, { kind: 'read' }> | undefined
  for (;;) {
    const chunk = await input.chunk(pace.deadline())
    if (chunk.kind === 'ended') return refuse({ kind: 'cut-off' })
    if (pace.isTooSlow(chunk.kind === 'bytes' ? chunk.bytes.length : 0)) return refuse({ kind: 'too-slow' })
    if (chunk.kind === 'late') continue
    const { pieces, rest } = decoder.push(chunk.bytes)
    for (const piece of pieces) keep(piece)
    if (rest !== null) {
      input.putBack(rest)
      break
    }
    if (seen > maxBytes * maxOverrun) return refuse({ kind: 'cut-off' })
  }
  if (refused !== undefined) return refuse(refused)
  const raw = Buffer.concat(kept)
  return hasBareLineEnd(raw) ? refuse({ kind: 'bare-line-end' }) : { kind: 'read', raw }

  function keep(piece: Buffer): void {
    seen += piece.length
    if (refused !== undefined) return
    if (taken + piece.length > maxBytes) refused = { kind: 'too-large' }
    else if (!budget.take(piece.length)) refused = { kind: 'no-room' }
    else {
      taken += piece.length
      kept.push(piece)
    }
    if (refused !== undefined) kept.length = 0
  }

  function refuse(outcome: Exclude<ReadOutcome, { kind: 'read' }>): ReadOutcome {
    budget.give(taken)
    return outcome
  }
}

/** RFC 5321 section 2.3.8: CR and LF never stand alone. A message in which they do may be read as two by the next host. */
function hasBareLineEnd(raw: Uint8Array): boolean {
  return bareLineFeed(raw) !== -1 || bareReturn(raw) !== -1
}
