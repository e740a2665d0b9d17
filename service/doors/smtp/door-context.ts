import type { AcceptMessage } from '../../operations/accept-message.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { AuthThrottle } from './bounds/auth-throttle.ts'
import type { Logins } from '../../access/logins/login.ts'
import type { ByteBudget } from '../../access/byte-budget.ts'
import type { ConnectionLimits } from './bounds/connection-limits.ts'
import type { Networks } from '../../access/networks.ts'

/** Which of the three listeners a connection came to: they differ in who may speak and how identity is proven. */
export type ListenerKind = 'submission' | 'submissions' | 'relay'

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
  readonly logins: Pick<Logins, 'authenticate'>
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
