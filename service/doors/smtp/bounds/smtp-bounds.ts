import type { AdmissionLimits } from './admission.ts'
import type { AuthThrottleOptions } from './auth-throttle.ts'
import type { ConnectionLimitsOptions } from './connection-limits.ts'
import type { PatienceOptions } from './patience.ts'

/** What one client may cost us; `[smtp]` and `[smtp.bounds]` of the configuration. The reasons stand there. */
export interface SmtpBounds
  extends
    Omit<ConnectionLimitsOptions, 'maxConnections'>,
    PatienceOptions,
    Omit<AuthThrottleOptions, 'clock' | 'delayMs'>,
    AdmissionLimits {
  /** For a whole command, however it trickles in. */
  readonly idleTimeoutMs: number
  /** The same, while few connections are left. */
  readonly tightIdleTimeoutMs: number
  /** For a client that has not logged in where it has to. */
  readonly loginTimeoutMs: number
  readonly maxSessionMs: number
  readonly proxyTimeoutMs: number
  readonly tlsTimeoutMs: number
  readonly minDataBytesPerSecond: number
  readonly dataWindowMs: number
  readonly maxDataMs: number
  /** What a refused login waits for its answer. */
  readonly authDelayMs: number
}
