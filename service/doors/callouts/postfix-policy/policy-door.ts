import type { Logger } from '../../../telemetry/logger.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import type { ChooseClient } from '../clients/client-profile.ts'
import { createSocketServer, type SocketServer } from '../listening/socket-server.ts'
import { createAnswerPolicy } from './answer-policy.ts'
import { createPendingMessages } from './pending-messages.ts'
import { createPolicyAdvice } from './policy-advice.ts'
import { createServePolicy } from './serve-policy.ts'

export interface PolicyDoorOptions {
  readonly ask: AskCallout
  readonly chooseClient: ChooseClient
  /** The field by which our relay port learns who sends: `X-AuthUser`. */
  readonly identityHeader: string
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Logger
  readonly limits?: Partial<PolicyLimits>
}

/** Bounds of what a client can take, with the reason of each default. */
export const policyLimits = {
  /** Postfix keeps one connection for each of its smtpd processes (`default_process_limit` 100). */
  maxConnections: 500,
  /** An address has 320 characters at most, a certificate's subject a few hundred. */
  maxLineBytes: 8_192,
  maxRequestBytes: 65_536,
  /** Postfix gives up an answer after 100 s; a request comes in one piece. */
  requestMs: 30_000,
  /** Postfix closes an idle connection after 300 s and should be the one who does. */
  idleMs: 900_000,
  /** About 100,000 recipients of messages under way. */
  maxPendingBytes: 16_777_216,
  /** Ten times `smtpd_recipient_limit`. */
  maxRecipients: 10_000,
  /** Longer than a client takes from RCPT to the end of a large message. */
  keepMs: 3_600_000
} as const satisfies Record<string, number>

export type PolicyLimits = { readonly [Name in keyof typeof policyLimits]: number }

/** Postfix policy delegation (SMTPD_POLICY_README): answers about envelopes; `listen` on ports and unix sockets. */
export function createPolicyDoor(options: PolicyDoorOptions): SocketServer {
  const { clock, log } = options
  const limits: PolicyLimits = { ...policyLimits, ...options.limits }
  const pending = createPendingMessages({ ...limits, clock, maxBytes: limits.maxPendingBytes })
  const answer = createAnswerPolicy({ ...options, pending, advice: createPolicyAdvice(log) })
  return createSocketServer({
    name: 'postfix-policy',
    maxConnections: limits.maxConnections,
    log,
    serve: createServePolicy({ answer, pending, limits, log })
  })
}
