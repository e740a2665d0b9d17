import type { Config } from '../config/config-schema.ts'
import { createDelivery } from '../delivery/delivery.ts'
import { createAcceptMessage } from '../operations/accept-message.ts'
import { createRejectHold, createReleaseHold } from '../operations/holds/decide-hold.ts'
import { createGiveFeedback } from '../operations/give-feedback.ts'
import { createHoldExpiry } from '../operations/holds/hold-expiry.ts'
import { createObserveHeld } from '../operations/holds/observe-held.ts'
import { createRememberFeedback } from '../operations/history/remember-feedback.ts'
import { createRememberOutcomes } from '../operations/history/remember-outcomes.ts'
import { createSenderActs } from '../operations/senders/sender-acts.ts'
import { createRecallRouted } from '../operations/holds/routed-holds.ts'
import { createVouching } from '../operations/holds/vouching.ts'
import { clock, newId, random, type OnClose, type StartOptions } from './house.ts'
import { createIdentity } from './identity.ts'
import { eraseFrozenToo } from './models.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

export function openPipeline(
  config: Config,
  stores: Stores,
  scoring: Scoring,
  options: StartOptions,
  onClose: OnClose
) {
  const { accept, queue, senders, memory, records, ledger, limitsOf, metrics } = stores
  const { observer, scoreSubmission } = scoring
  const { log } = options
  const { hostname } = config.smtp
  const { resolveSender } = createIdentity(config)
  const { onHold, onHoldExpiry } = config.policy
  const observeHeld = createObserveHeld({ queue, observer, resolveSender })
  const shared = { queue, senders, memory, records, ledger, limitsOf, observeHeld, score: scoreSubmission }
  const vouching = createVouching({ ...shared, accept, clock, log, metrics })
  onClose(() => vouching.settled())
  const { vouched } = vouching
  const holds = {
    ...shared,
    vouched,
    onActed: createRememberFeedback(stores),
    accept,
    onHoldExpiry,
    clock,
    newId,
    log,
    metrics
  }
  const expiry = createHoldExpiry({ ...holds, holdHours: config.policy.holdHours })
  onClose(() => expiry.close())
  openDelivery(config, stores, options, onClose)
  metrics.gauge('sluice_queue_messages', () => queue.counts().queued)
  metrics.gauge('sluice_held_messages', () => queue.counts().held)
  return {
    acceptMessage: createAcceptMessage({
      queue,
      score: scoreSubmission,
      onHold,
      hostname,
      recallRouted: createRecallRouted({ routed: stores.routed, senders, resolveSender, clock }),
      clock,
      log
    }),
    releaseHold: createReleaseHold(holds),
    rejectHold: createRejectHold(holds),
    giveFeedback: createGiveFeedback(holds),
    ...createSenderActs({
      ...stores,
      eraseHistory: eraseFrozenToo(config, stores.eraseHistory),
      resolveSender,
      clock,
      log
    })
  }
}

function openDelivery(
  { routes, delivery: limits, smtp }: Config,
  stores: Stores,
  { log, failpoint, isPrivate }: StartOptions,
  onClose: OnClose
): void {
  const delivery = createDelivery({
    queue: stores.queue,
    routes,
    config: limits,
    hostname: smtp.hostname,
    clock,
    random,
    newId,
    log,
    metrics: stores.metrics,
    sign: stores.authentication.sign,
    onSettled: createRememberOutcomes({ ...stores, clock }),
    ...(failpoint && { failpoint })
  })
  onClose(() => delivery.close())
  if (isPrivate !== true) delivery.start()
}

export type Pipeline = ReturnType<typeof openPipeline>
