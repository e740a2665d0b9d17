import type { Logger } from '../../telemetry/logger.ts'
import { HistoryError } from '../history-error.ts'

/** The same fault is told again after so long: rows wait meanwhile. */
const repeatMs = 600_000

/** Says once why rows wait, and once that they are written again, however often it is tried meanwhile. */
export function createFaultLog({ waiting, log }: { readonly waiting: () => number; readonly log: Logger }) {
  let last: string | null = null
  let toldAt = 0
  return {
    last: () => last,
    note(error: unknown, retryMs: number): void {
      const fault = error instanceof Error ? error.message : String(error)
      const isNew = last !== fault
      last = fault
      if (!isNew && performance.now() < toldAt + repeatMs) return
      toldAt = performance.now()
      const facts = error instanceof HistoryError ? { code: error.code, ...error.facts } : {}
      log.warn('history.write_deferred', { waiting: waiting(), retryMs, error: fault, ...facts })
    },
    over(): void {
      if (last !== null) log.info('history.write_resumed', { waiting: waiting() })
      last = null
    }
  }
}
