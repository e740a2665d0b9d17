import type { Config } from '../config/config-schema.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { createRecallQueued } from '../operations/recall/recall-queued.ts'
import { createRecallWatch, type RecallWatch } from '../operations/recall/recall-watch.ts'
import { clock, type OnClose, type StartOptions } from './house.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

/** The queued mail of a sender who falls into disrepute is looked at again. */
export function openRecall(
  { policy }: Pick<Config, 'policy'>,
  { queue, senders, accept, metrics, recalls }: Stores,
  { scoreSubmission: score }: Pick<Scoring, 'scoreSubmission'>,
  underWay: Pick<Delivery, 'isUnderWay' | 'still'>,
  { log }: StartOptions,
  onClose: OnClose
): RecallWatch {
  const { holdHours } = policy
  const options = { queue, senders, score, underWay, accept, holdHours, clock, log, metrics }
  const watch = createRecallWatch({
    records: recalls,
    queue,
    senders,
    recallQueued: createRecallQueued(options),
    accept,
    log
  })
  onClose(() => watch.close())
  return watch
}
