import type { Config } from '../config/config-schema.ts'
import { createDelivery } from '../delivery/delivery.ts'
import { createRejectHold, createReleaseHold } from '../operations/holds/decide-hold.ts'
import { createGiveFeedback } from '../operations/give-feedback.ts'
import { createHoldExpiry } from '../operations/holds/hold-expiry.ts'
import { createObserveHeld } from '../operations/holds/observe-held.ts'
import { createRememberFeedback } from '../operations/history/remember-feedback.ts'
import { createRememberOutcomes } from '../operations/history/remember-outcomes.ts'
import { createSenderActs } from '../operations/senders/sender-acts.ts'
import { createVouching } from '../operations/holds/vouching.ts'
import { openBlocklistWatch } from './blocklists.ts'
import { createReports, returnPathOf } from './feedback.ts'
import { openAcceptMessage } from './accept-message.ts'
import { clock, newId, random, type OnClose, type StartOptions } from './house.ts'
import { createIdentity } from './identity.ts'
import { eraseFrozenToo } from './models.ts'
import { openRecall } from './recall.ts'
import { openQuotaRelease } from './quota-release.ts'
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
  const { resolveSender } = createIdentity(config)
  const { onHoldExpiry } = config.policy
  const observeHeld = createObserveHeld({ queue, observer, resolveSender })
  const people = { queue, senders, memory, records, ledger, limitsOf, observeHeld }
  const shared = { ...people, score: scoreSubmission, accept, clock, log, metrics }
  const vouching = createVouching(shared)
  onClose(() => vouching.settled())
  const { vouched } = vouching
  const holds = { ...shared, vouched, onActed: createRememberFeedback(stores), onHoldExpiry, newId }
  const expiry = createHoldExpiry({ ...holds, holdHours: config.policy.holdHours })
  onClose(() => expiry.close())
  openQuotaRelease({ ...holds, limitedHolds: stores.limitedHolds }, onClose)
  const delivery = openDelivery(config, stores, options, onClose)
  openRecall(config, stores, scoring, delivery, options, onClose)
  const giveFeedback = createGiveFeedback(holds)
  countMessages(stores)
  return {
    acceptMessage: openAcceptMessage(config, stores, scoring, log),
    releaseHold: createReleaseHold(holds),
    rejectHold: createRejectHold(holds),
    giveFeedback,
    destinations: delivery.destinations,
    blocklists: openBlocklistWatch(config, { metrics, states: stores.ways.states }, options, onClose),
    takeReport: createReports(config, stores, giveFeedback, options),
    ...createSenderActs({
      ...stores,
      eraseHistory: eraseFrozenToo(config, stores.eraseHistory),
      resolveSender,
      clock,
      log
    })
  }
}

function countMessages({ metrics, queue }: Pick<Stores, 'metrics' | 'queue'>): void {
  metrics.gauge('sluice_queue_messages', () => queue.counts().queued)
  metrics.gauge('sluice_held_messages', () => queue.counts().held)
}

function openDelivery(
  config: Config,
  stores: Stores,
  { log, failpoint, isPrivate }: StartOptions,
  onClose: OnClose
) {
  const { routes, delivery: limits, smtp } = config
  const delivery = createDelivery({
    queue: stores.queue,
    routes,
    steering: stores.ways.steering,
    checkSeconds: config.detours.checkSeconds,
    config: limits,
    hostname: smtp.hostname,
    clock,
    random,
    newId,
    log,
    metrics: stores.metrics,
    sign: stores.authentication.sign,
    ...stores.mailHosts,
    ...returnPathOf(config, stores.key),
    throttles: config.throttles,
    sites: stores.sites,
    ...(stores.backOff && { heed: stores.backOff.heed, shareOf: stores.backOff.share }),
    onSettled: createRememberOutcomes({ ...stores, clock }),
    ...(failpoint && { failpoint })
  })
  onClose(() => delivery.close())
  if (isPrivate !== true) delivery.start()
  return delivery
}

export type Pipeline = ReturnType<typeof openPipeline>
