import type { Config } from '../config/config-schema.ts'
import { createDelivery } from '../delivery/delivery.ts'
import { createAcceptMessage } from '../operations/accept-message.ts'
import { createRejectHold, createReleaseHold } from '../operations/decide-hold.ts'
import { createHoldExpiry } from '../operations/hold-expiry.ts'
import { clock, newId, random, type OnClose, type StartOptions } from './house.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

export function openPipeline(
  config: Config,
  stores: Stores,
  scoring: Scoring,
  options: StartOptions,
  onClose: OnClose
) {
  const { accept, queue, senders } = stores
  const { metrics, observer, scoreSubmission } = scoring
  const { log, failpoint } = options
  const { hostname } = config.smtp
  const { onHold, onHoldExpiry } = config.policy
  const holds = {
    queue,
    senders,
    observer,
    score: scoreSubmission,
    accept,
    onHoldExpiry,
    clock,
    log,
    metrics
  }
  const expiry = createHoldExpiry(holds)
  onClose(() => expiry.close())
  const delivery = createDelivery({
    queue,
    routes: config.routes,
    config: config.delivery,
    hostname,
    clock,
    random,
    newId,
    log,
    metrics,
    ...(failpoint && { failpoint })
  })
  onClose(() => delivery.close())
  if (options.isPrivate !== true) delivery.start()
  metrics.gauge('sluice_queue_messages', () => queue.counts().queued)
  metrics.gauge('sluice_held_messages', () => queue.counts().held)
  return {
    acceptMessage: createAcceptMessage({ queue, score: scoreSubmission, onHold, hostname, clock, log }),
    releaseHold: createReleaseHold(holds),
    rejectHold: createRejectHold(holds)
  }
}
