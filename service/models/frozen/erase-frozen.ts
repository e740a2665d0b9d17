import { eraseFromFrozenSet } from './frozen-set.ts'

/** Takes a sender (keyed hash) out of sets that versions are measured on. Rejects with ModelError FROZEN_SET_CORRUPT. */
export type EraseFrozen = (sender: string) => Promise<void>

/** One sender at a time: of two at once each would write the set with the other's messages. */
export function createEraseFrozen(directories: readonly string[]): EraseFrozen {
  let last: Promise<unknown> = Promise.resolve()
  return function eraseFrozen(sender) {
    const erased = last.then(() => eraseAll(directories, sender))
    last = erased.catch(() => undefined)
    return erased
  }
}

async function eraseAll(directories: readonly string[], sender: string): Promise<void> {
  for (const directory of directories) await eraseFromFrozenSet(directory, sender)
}
