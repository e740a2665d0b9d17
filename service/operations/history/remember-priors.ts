import type { PriorStep } from '../../senders/priors/prior-steps.ts'
import type { Table } from '../../storage/storage.ts'

export interface RememberPriorsOptions {
  /** Inside the transaction. */
  readonly record: (step: PriorStep & { readonly part: number; readonly at: number }) => void
  /** When history was told of all counts last. */
  readonly told: Table<number>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Lets history keep the counts of every version that a message was judged by. */
export interface RememberPriors {
  /** A merge; remembered with the next `flush`. */
  onPriors(step: PriorStep): void
  /** It is time for all of the counts: history knows none of them yet, or those that it knows will soon be past their time. */
  isDue(): boolean
  /** Inside a transaction. */
  flush(): void
  /** All of the counts, a bounded part of them in each transaction that `accept` opens. */
  writeWhole(steps: Iterable<PriorStep>, accept: <T>(act: () => T) => Promise<T>): Promise<void>
}

/** History keeps priors a little longer than anything else: see migration 0008. */
const wholeEveryMs = 30 * 86_400_000
const key = 'whole'
/** Of 4,096 counts each. */
const stepsTogether = 16

export function createRememberPriors({ record, told, clock }: RememberPriorsOptions): RememberPriors {
  let merged: PriorStep[] = []

  return {
    onPriors: (step) => void merged.push(step),
    isDue: () => clock() - (told.get(key) ?? -Infinity) >= wholeEveryMs,
    flush() {
      const at = clock()
      for (const [part, step] of merged.entries()) record({ ...step, part, at })
      merged = []
    },
    async writeWhole(steps, accept) {
      const at = clock()
      const all = Array.from(steps, (step, part) => ({ ...step, part, at }))
      for (let from = 0; from < all.length; from += stepsTogether)
        await accept(() => all.slice(from, from + stepsTogether).forEach(record))
      await accept(() => told.put(key, at))
    }
  }
}
