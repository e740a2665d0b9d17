import { setImmediate as breathe } from 'node:timers/promises'
import type { Priors } from '../senders/priors/priors.ts'
import type { RememberPriors } from './history/remember-priors.ts'
import type { Logger } from '../telemetry/logger.ts'

export interface MergePriorsOptions {
  readonly priors: Priors
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** What history keeps of the counts; without it nothing. */
  readonly remember?: RememberPriors | null
  readonly log: Logger
  readonly intervalMs?: number
}

/** DESIGN.md section 5: what one mailbox is taught is not at once usual for its neighbours. */
const defaultIntervalMs = 15 * 60_000

/**
 * Every quarter of an hour, and once at the start for what a crash left, the notes of what senders learned become the installation's
 * priors. A few ms at a time: messages are scored between.
 */
export function createMergePriors({
  priors,
  accept,
  remember = null,
  log,
  intervalMs = defaultIntervalMs
}: MergePriorsOptions): {
  /** One round now; after the one under way. */
  merge(): Promise<void>
  /** Stops the timer and waits for the round under way; the rest is merged at the next start. */
  close(): Promise<void>
} {
  const ending = new AbortController()
  let round: Promise<void> = Promise.resolve()
  const merge = (): Promise<void> => {
    round = round
      .then(mergeAll)
      .catch((error: unknown) => log.error('operations.merge_priors_failed', { error }))
    return round
  }
  const timer = setInterval(() => void merge(), intervalMs)
  timer.unref()
  void merge()
  return {
    merge,
    async close() {
      ending.abort()
      clearInterval(timer)
      await round
    }
  }

  async function mergeAll(): Promise<void> {
    let merged = 0
    for (let some = 1; some > 0 && !ending.signal.aborted; merged += some) {
      some = priors.merge()
      await breathe()
    }
    if (merged > 0) await keepMerged()
    if (remember?.isDue() === true) await remember.writeWhole(priors.whole(), accept)
  }

  async function keepMerged(): Promise<void> {
    const kept = await accept(() => {
      remember?.flush()
      return priors.keep()
    })
    kept()
    while (!ending.signal.aborted && (await accept(() => priors.tidy())) > 0) await breathe()
  }
}
