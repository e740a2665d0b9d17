import type { SenderStore } from '../senders/sender-store.ts'
import type { Logger } from '../telemetry/logger.ts'

export interface ForgetOldOptions {
  readonly senders: SenderStore
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Logger
  readonly intervalMs?: number
}

const defaultIntervalMs = 60_000

/** Drops what is past its time in the senders' memory (idempotency keys, journal, verdicts), a bounded share each minute. */
export function createForgetOld({
  senders,
  accept,
  clock,
  log,
  intervalMs = defaultIntervalMs
}: ForgetOldOptions): {
  /** Stops the timer and waits for the round under way. */
  close(): Promise<void>
} {
  let round: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    round = accept(() => senders.expire(clock())).catch((error: unknown) =>
      log.error('operations.forget_old_failed', { error })
    )
  }, intervalMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await round
    }
  }
}
