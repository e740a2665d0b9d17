import type { ByteBudget } from '../../../access/byte-budget.ts'
import { createGrowingBuffer } from '../spamd-wire/growing-buffer.ts'
import { lineEnd, unescapeDot } from './data-lines.ts'

/** A message that comes line by line; its memory is part of a budget that all sessions share. */
export interface CollectedMessage {
  add(line: Uint8Array): void
  /** Why it is not kept, or null. */
  fault(): 'too-large' | 'no-room' | null
  /** RFC 5322 bytes; valid until `release`. */
  raw(): Uint8Array
  release(): void
}

export function createCollectedMessage(budget: ByteBudget, maxBytes: number): CollectedMessage {
  const memory = createGrowingBuffer(budget)
  let fault: 'too-large' | 'no-room' | null = null

  /** What is not kept whole is not kept at all. */
  function giveUp(why: 'too-large' | 'no-room'): void {
    fault = why
    memory.release()
  }

  return {
    add(line) {
      if (fault !== null) return
      const text = unescapeDot(line)
      if (memory.bytes().length + text.length + lineEnd.length > maxBytes) giveUp('too-large')
      else if (!memory.append(text) || !memory.append(lineEnd)) giveUp('no-room')
    },
    fault: () => fault,
    raw: () => memory.bytes(),
    release: () => memory.release()
  }
}
