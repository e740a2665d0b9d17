import type { ByteBudget } from '../../../access/byte-budget.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import { createSocketServer, type Place } from '../listening/socket-server.ts'
import { serveMilter } from './serve-milter.ts'

export interface MilterDoorOptions {
  readonly ask: AskCallout
  readonly limits: MilterLimits
  /** The field in which our relay port reads who sent a message, for those that are routed there: `X-AuthUser`. */
  readonly identityHeader: string
  readonly log: Logger
}

export interface MilterLimits {
  readonly maxConnections: number
  /** Of larger messages only the envelope is judged. */
  readonly maxMessageBytes: number
  /** What messages being received may take together. For whom there is no room, the client's `onFailure` is the answer. */
  readonly budget: ByteBudget
  /** Silence between messages; default an hour, which is how long an SMTP client may stay silent at its mail server. */
  readonly idleTimeoutMs?: number
  /** Silence in the middle of a message; default 5 minutes. */
  readonly messageTimeoutMs?: number
}

/** The milter protocol: Postfix's `smtpd_milters`, Sendmail's `INPUT_MAIL_FILTER`. */
export interface MilterDoor {
  /** May be called for several places. Gives the port, or null for a unix socket. Rejects if the place is taken. */
  listen(place: Place): Promise<number | null>
  /** Answers that are owed are given; no more questions are taken. */
  close(): Promise<void>
}

export function createMilterDoor({ ask, limits, identityHeader, log }: MilterDoorOptions): MilterDoor {
  const { maxConnections, maxMessageBytes, budget } = limits
  const { idleTimeoutMs = 3_600_000, messageTimeoutMs = 300_000 } = limits
  const serving = { ask, budget, maxMessageBytes, idleTimeoutMs, messageTimeoutMs, identityHeader, log }
  return createSocketServer({
    name: 'milter',
    maxConnections,
    log,
    serve: (connection) => serveMilter(connection, serving)
  })
}
