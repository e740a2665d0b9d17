import type { ByteBudget } from '../../access/byte-budget.ts'
import type { Logins } from '../../access/logins/login.ts'
import type { Networks } from '../../access/networks.ts'
import type { Address } from '../../message/address.ts'
import type { IdentityHeader } from '../../message/identity-header.ts'
import type { AcceptMessage } from '../../operations/accept-message.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { AdmissionControl } from './bounds/admission.ts'
import type { AuthThrottle } from './bounds/auth-throttle.ts'
import type { ConnectionLimits } from './bounds/connection-limits.ts'
import type { Pressure } from './bounds/pressure.ts'
import type { SmtpBounds } from './bounds/smtp-bounds.ts'
import type { SessionUser } from './session/session.ts'

/** Which of the three listeners a connection came to: they differ in who may speak and how identity is proven. */
export type ListenerKind = 'submission' | 'submissions' | 'relay'

/** What the verbs of one listener share. */
export interface DoorContext {
  readonly kind: ListenerKind
  readonly hostname: string
  readonly maxMessageBytes: number
  readonly maxRecipients: number
  readonly relayNetworks: Networks
  /** Clients whose identity header is believed. */
  readonly identityNetworks: Networks
  readonly identityHeader: IdentityHeader
  /** Load balancers, of which the PROXY header is believed. */
  readonly proxyNetworks: Networks
  /** Whether they send one to this listener. */
  readonly takesProxy: boolean
  readonly bounds: SmtpBounds
  readonly logins: Pick<Logins, 'authenticate'>
  readonly acceptMessage: AcceptMessage
  /** A user who has logged in may not send from there. */
  readonly refusesSender: (user: SessionUser, mailFrom: Address) => boolean
  readonly limits: ConnectionLimits
  readonly throttle: AuthThrottle
  readonly admission: AdmissionControl
  readonly pressure: () => Pressure
  readonly budget: ByteBudget
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  readonly failpoint: Failpoint
}
