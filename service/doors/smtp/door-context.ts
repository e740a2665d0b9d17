import type { AcceptMessage } from '../../operations/accept-message.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { AuthThrottle } from './bounds/auth-throttle.ts'
import type { ByteBudget } from '../../access/byte-budget.ts'
import type { ConnectionLimits } from './bounds/connection-limits.ts'
import type { Networks } from '../../access/networks.ts'

/** Which of the three listeners a connection came to: they differ in who may speak and how identity is proven. */
export type ListenerKind = 'submission' | 'submissions' | 'relay'

export interface SmtpUsers {
  /** undefined: no such user, or another password. Rejects when too many logins wait. */
  authenticate(user: string, password: string): Promise<{ readonly name: string } | undefined>
}

/** What the callbacks of one listener share. */
export interface DoorContext {
  readonly kind: ListenerKind
  readonly hostname: string
  readonly maxMessageBytes: number
  readonly relayNetworks: Networks
  /** Clients whose identity header is believed. */
  readonly identityNetworks: Networks
  /** Lower case. */
  readonly identityHeader: string
  readonly users: SmtpUsers
  readonly acceptMessage: AcceptMessage
  readonly limits: ConnectionLimits
  readonly throttle: AuthThrottle
  readonly budget: ByteBudget
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  readonly failpoint: Failpoint
}
