import { extractBehaviour } from '../../service/features/behaviour.ts'
import type { Background } from '../../service/features/background.ts'
import type { ContentReading } from '../../service/features/family.ts'
import type { Installation } from '../../service/features/installation.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import type { JudgingModels } from '../../service/models/model-ports.ts'
import { shownRow } from '../../service/scoring/judging/shown-row.ts'
import { domainOf } from '../../service/senders/priors/store-with-priors.ts'
import type { PriorTimeline } from './prior-timeline.ts'
import type { Replayed } from './replay-sender.ts'

/** What the sender's neighbours did as the message was judged, the sender left out. */
export function installationOf({ row, profile }: Replayed, timeline: PriorTimeline): Installation {
  const domain = domainOf(row.sender)
  return { ...timeline.at(row.priors), domain, without: [{ profile, domain }] }
}

/** What the content model said then; null: it was not asked. */
export function readingOf({
  content_reading: logits
}: Pick<StoredMessage, 'content_reading'>): ContentReading | null {
  const [whole, ...passages] = logits
  return whole === undefined ? null : { whole, passages }
}

export interface FeatureOptions {
  readonly background: Background
  readonly models: Pick<JudgingModels['models'], 'takeover'>
  /** What a content model says. Default: what the one said that judged the message. */
  readonly reading?: ContentReading | null
}

/** The row of features that the takeover model was shown, computed anew. Without a takeover model: as far as the message shows. */
export function replayedFeatures(
  replayed: Replayed,
  timeline: PriorTimeline,
  { background, models, reading = readingOf(replayed.row) }: FeatureOptions
): Float32Array {
  const installation = installationOf(replayed, timeline)
  const { observation, profile } = replayed
  const behaviour = extractBehaviour(observation, profile, { ...background, installation }, reading)
  return shownRow(behaviour, models.takeover?.neutralRow ?? null)
}
