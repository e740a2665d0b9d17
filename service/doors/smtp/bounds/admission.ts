import { reply, type SmtpReply } from '../verbs/reply.ts'
import type { Pressure } from './pressure.ts'

export interface AdmissionLimits {
  readonly maxEventLoopLagMs: number
  readonly maxScoringPending: number
  readonly minFreeDiskBytes: number
  readonly maxMemoryBytes: number
}

export type OverloadCause = 'event-loop' | 'scoring' | 'memory' | 'disk'

export interface Overload {
  readonly cause: OverloadCause
  readonly reply: SmtpReply
}

/** Refuses new work early, so that what was taken on is done in time. Pure. */
export interface AdmissionControl {
  /** null: come in. */
  atConnect(pressure: Pressure): Overload | null
  /** At MAIL and DATA: the connection may stay, the message should come later. */
  atMessage(pressure: Pressure): Overload | null
}

export function createAdmissionControl(limits: AdmissionLimits): AdmissionControl {
  return {
    atConnect(pressure) {
      const cause = workCause(pressure, limits)
      return cause === null ? null : { cause, reply: reply(421, '4.3.2', 'Too busy, try again later') }
    },
    atMessage(pressure) {
      const { freeDiskBytes } = pressure
      if (freeDiskBytes !== null && freeDiskBytes < limits.minFreeDiskBytes)
        return { cause: 'disk', reply: reply(452, '4.3.1', 'Insufficient system storage, try again later') }
      const cause = workCause(pressure, limits)
      return cause === null ? null : { cause, reply: reply(451, '4.3.2', 'Too busy, try again later') }
    }
  }
}

function workCause(
  { eventLoopLagMs, scoringPending, memoryBytes }: Pressure,
  limits: AdmissionLimits
): Exclude<OverloadCause, 'disk'> | null {
  if (eventLoopLagMs > limits.maxEventLoopLagMs) return 'event-loop'
  if (scoringPending > limits.maxScoringPending) return 'scoring'
  return memoryBytes > limits.maxMemoryBytes ? 'memory' : null
}
