import type { ContentReading } from '../../service/features/family.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import type { ContentModel, ScoringModels, TakeoverModel } from '../../service/models/model-ports.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { envelopeModel } from '../../service/scoring/judging/envelope-model.ts'
import { readContent } from '../../service/scoring/judging/read-content.ts'
import { fuseRisk } from '../../service/verdict/fuse-risk.ts'
import { readingOf } from './replayed-features.ts'

/** A message as the models are shown it. */
export interface ShownMessage {
  readonly shows: Observation['shows']
  /** In the order of `behaviourFeatureNames`. */
  readonly features: Float32Array
  /** null: no content model has read it. */
  readonly reading: ContentReading | null
  /** Log-odds of what was known from outside of message and habits. */
  readonly outside: number
}

/** Calibrated log-odds; null without that model. */
export interface ReplayedRisk {
  readonly takeover: number | null
  readonly spam: number | null
  readonly risk: number
}

/**
 * What scoring would say of these messages (scoring/judging), many at a time and without its reasons. Throws where a model gives no number,
 * and where there is no model at all.
 */
export async function riskOf(
  { takeover, content }: ScoringModels,
  messages: readonly ShownMessage[]
): Promise<readonly ReplayedRisk[]> {
  if (takeover === null && content === null) throw new Error('there is no model to ask')
  const byTakeover = takeover === null ? null : await askTakeover(takeover, messages)
  return messages.map(({ reading, outside }, index) => {
    const heard = byTakeover === null ? null : bounded(byTakeover[index])
    const spam = content === null || reading === null ? null : bounded(reading.whole)
    return { takeover: heard, spam, risk: fuseRisk(heard, spam) + outside }
  })
}

/** Of an envelope the takeover model hears less, and is less sure. */
async function askTakeover(
  model: TakeoverModel,
  messages: readonly ShownMessage[]
): Promise<readonly (number | undefined)[]> {
  const answers: (number | undefined)[] = []
  for (const [isEnvelope, asked] of [[false, model], [true, envelopeModel(model)]] as const) {
    const places = messages.flatMap(({ shows }, place) => ((shows === 'envelope') === isEnvelope ? [place] : []))
    const rows = places.flatMap((place) => messages[place]?.features ?? [])
    const logits = rows.length === 0 ? [] : await asked.predict(rows)
    for (const [index, place] of places.entries()) answers[place] = logits[index]
  }
  return answers
} // prettier-ignore

/** As scoring bounds it. */
function bounded(logit: number | undefined): number {
  if (logit === undefined || Number.isNaN(logit)) throw new Error('a model gave no number')
  return Math.min(30, Math.max(-30, logit))
}

/** What this content model says of a message of history, or said when it judged it. null: it was never asked, or shows no content. */
export async function readReplayed(
  content: ContentModel | null,
  row: Pick<StoredMessage, 'content_model' | 'content_reading'>,
  observation: Observation
): Promise<ContentReading | null> {
  if (content === null || observation.shows === 'envelope') return null
  const isKnown = row.content_model === content.version && row.content_reading.length > 0
  return isKnown ? readingOf(row) : await readContent(content, observation.content)
}

/**
 * Log-odds that the service added to what its models said: campaigns, and what became of earlier mail. 0 where nothing was judged.
 */
export function outsideOf({
  risk_logit: risk,
  takeover_logit: takeover,
  spam_logit: spam
}: Pick<StoredMessage, 'risk_logit' | 'takeover_logit' | 'spam_logit'>): number {
  if (risk === null || (takeover === null && spam === null)) return 0
  const added = risk - fuseRisk(takeover, spam)
  return Number.isFinite(added) && Math.abs(added) >= rounding ? added : 0
}

/** Of sums in another order. */
const rounding = 1e-9
