import type { Logger } from '../telemetry/logger.ts'

export interface ForgetOldOptions {
  /** What remembers for a time; each forgets a bounded share at once. */
  readonly memories: readonly { expire(now: number): number }[]
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Logger
  readonly intervalMs?: number
}

const defaultIntervalMs = 60_000

/** In one round: what a busy installation forgets in some minutes. */
const maxShares = 120

/**
 * Drops what is past its time in the senders' memory and lets containment step down: each minute, a bounded share after the other, so that
 * messages get their turn between them.
 */
export function createForgetOld({
  memories,
  accept,
  clock,
  log,
  intervalMs = defaultIntervalMs
}: ForgetOldOptions): {
  /** Stops the timer and waits for the round under way. */
  close(): Promise<void>
} {
  let round: Promise<unknown> = Promise.resolve()
  const closing = new AbortController()
  const timer = setInterval(() => {
    round = round.then(forget).catch((error: unknown) => log.error('operations.forget_old_failed', { error }))
  }, intervalMs)
  timer.unref()

  async function forget(): Promise<void> {
    for (let share = 0; share < maxShares && !closing.signal.aborted; share++) {
      const dropped = await accept(() => memories.reduce((sum, memory) => sum + memory.expire(clock()), 0))
      if (dropped === 0) return
    }
  }

  return {
    async close() {
      closing.abort()
      clearInterval(timer)
      await round
    }
  }
}
