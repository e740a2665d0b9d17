import type { ByteBudget } from '../../../access/byte-budget.ts'

const firstBytes = 4_096

/**
 * Bytes that arrive in pieces, in one piece of memory: at most about twice as large as what arrived, all of it taken from the budget, however
 * small the pieces are (a list of one-byte pieces would cost two hundred times their length).
 */
export interface GrowingBuffer {
  /** False: the budget has no room; nothing was added. */
  append(chunk: Uint8Array): boolean
  /** What arrived so far; valid until the next `append` or `release`. */
  bytes(): Buffer
  release(): void
}

export function createGrowingBuffer(budget: ByteBudget): GrowingBuffer {
  let memory = Buffer.alloc(0)
  let length = 0
  return {
    append(chunk) {
      const needed = length + chunk.length
      if (needed > memory.length) {
        const capacity = Math.max(firstBytes, needed, memory.length * 2)
        if (!budget.take(capacity - memory.length)) return false
        const larger = Buffer.allocUnsafeSlow(capacity)
        memory.copy(larger, 0, 0, length)
        memory = larger
      }
      memory.set(chunk, length)
      length = needed
      return true
    },
    bytes: () => memory.subarray(0, length),
    release() {
      budget.give(memory.length)
      memory = Buffer.alloc(0)
      length = 0
    }
  }
}
