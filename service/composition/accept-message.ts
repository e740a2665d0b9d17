import type { Config } from '../config/config-schema.ts'
import { createAcceptMessage, type AcceptMessage } from '../operations/accept-message.ts'
import { createRecallRouted } from '../operations/holds/routed-holds.ts'
import type { Logger } from '../telemetry/logger.ts'
import { clock } from './house.ts'
import { createIdentity } from './identity.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

/** How the pipeline takes a message in, by the policies of the installation. */
export function openAcceptMessage(
  config: Config,
  { queue, limitedHolds, routed, senders }: Stores,
  { scoreSubmission }: Scoring,
  log: Logger
): AcceptMessage {
  const { resolveSender } = createIdentity(config)
  return createAcceptMessage({
    queue,
    score: scoreSubmission,
    onHold: config.policy.onHold,
    onExceeded: config.limits.onExceeded,
    limitedHolds,
    hostname: config.smtp.hostname,
    recallRouted: createRecallRouted({ routed, senders, resolveSender, clock }),
    clock,
    log
  })
}
