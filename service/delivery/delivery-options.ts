import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Failpoint } from '../queue/failpoint.ts'
import type { Queue } from '../queue/queue.ts'
import type { Heed } from './back-off/back-off.ts'
import type { ClassifyBounce } from './bounces/classify-bounce.ts'
import type { OnSettled } from './dispatch/courier.ts'
import type { SiteNames } from './dispatch/lane-book.ts'
import type { ThrottleRule } from './dispatch/throttles/throttle-rules.ts'
import type { ConnectOptions, ResolveRecords } from './hosts/connect-options.ts'
import type { Sign } from './outgoing/depart.ts'
import type { ReturnPath } from './outgoing/return-path.ts'
import type { DeliveryRoute, Destination } from './routes/route.ts'
import type { Steering } from './routes/steering.ts'

export interface DeliveryOptions {
  readonly queue: Queue
  readonly routes: readonly DeliveryRoute[]
  /** Chooses among the routes. Without one each message takes the first that takes it. */
  readonly steering?: Steering
  /** How often smart hosts and mailbox stores that have no mail are asked for their greeting; default 0: never. */
  readonly checkSeconds?: number
  readonly config: {
    readonly maxConnections: number
    readonly firstRetryDelayMs: number
    readonly maxRetryDelayMs: number
    readonly maxAgeHours: number
    readonly delayNoticeHours: number
    readonly maxReportsPerHour: number
    readonly attemptTimeoutMs: number
    /** Default 100. */
    readonly maxMessagesPerConnection?: number | undefined
  }
  /** What we call ourselves in EHLO, and the domain of reports. */
  readonly hostname: string
  readonly resolveRecords?: ResolveRecords
  /** Without any, only what each host of a destination may have at once is bounded. */
  readonly throttles?: readonly ThrottleRule[]
  /** In (0, 1]: what is left for a destination that asked us to slow down. */
  readonly shareOf?: (destination: Destination) => number
  /** Which domains share their hosts; without it each stands alone. */
  readonly sites?: SiteNames
  /** How hosts are found and proven, beyond their addresses. */
  readonly hosts?: Pick<ConnectOptions, 'resolveSecurely' | 'stsPolicies' | 'addresses' | 'authorities'>
  /** Why mail is refused; default: by the rules that come with the service. */
  readonly classify?: ClassifyBounce
  /** Without one everything leaves unsigned. */
  readonly sign?: Sign
  /** What MAIL FROM says; default: the sender's own address. */
  readonly returnPath?: ReturnPath
  /** Told of each destination's answers. */
  readonly heed?: Heed
  readonly clock: () => number
  readonly random: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'count' | 'observeSeconds'>
  /** Called inside the transaction that records what became of recipients. */
  readonly onSettled?: OnSettled
  readonly failpoint?: Failpoint
  /** How long an attempt under way may still take when the service stops. */
  readonly graceMs?: number
}
