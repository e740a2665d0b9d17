import type { ContentReading } from '../../../service/features/family.ts'
import { contentDigest } from '../../../service/features/digest.ts'
import { loadContentModel } from '../../../service/models/network/content-model.ts'
import type { Manifest } from '../../../service/models/manifest.ts'
import { readModelDirectory } from '../../../service/models/model-directory.ts'
import { ModelError } from '../../../service/models/model-error.ts'
import type { BudgetThreshold, ContentModel } from '../../../service/models/model-ports.ts'
import { unknownOrigin } from '../../../service/observation/network.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import type { NetworkLookup } from '../../../service/scoring/networks/network-lookup.ts'
import { readContent } from '../../../service/scoring/judging/read-content.ts'
import { observeMail, type MailContext } from '../../observe-mail.ts'
import type { TrainingMail } from './sender-history.ts'

/**
 * Turns raw mail into training mail; null if it can't be read. `origin` names the campaign, thread or sender it comes from: a content
 * model that learned from that must not read it.
 */
export type Observe = (raw: string, context: MailContext, origin: string) => Promise<TrainingMail | null>

/** Which content model reads mail of an origin. */
export type ReaderFor = (origin: string) => Pick<ContentModel, 'predict' | 'neutral'> | null

/** The service's own observation, read by the content model at once: tokens are what takes the memory. */
export function createObserve(
  readerFor: ReaderFor,
  originOf: NetworkLookup['originOf'] = () => unknownOrigin
): Observe {
  return async (raw, context, origin) => {
    const observation = await observeMail(raw, { ...context, network: originOf(context.client?.ip ?? null) })
    if (observation === null) return null
    const reader = readerFor(origin)
    const reading: ContentReading | null =
      reader === null ? null : await readContent(reader, observation.content)
    return { observation: withoutTokens(observation), reading }
  }
}

function withoutTokens(observation: Observation): Observation {
  const { structure } = observation.content
  return { ...observation, content: { tokens: [], structure, passages: [] } }
}

export interface OpenContentModel extends ContentModel {
  /** Measured on the content model's own, wider mail. */
  readonly thresholds: readonly BudgetThreshold[]
  readonly calibration: Manifest['calibration']
}

/** The content model in this directory, as the service would load it. */
export async function openContentModel(directory: string): Promise<OpenContentModel> {
  const files = await readModelDirectory(directory, 'content', contentDigest)
  return {
    ...loadContentModel(files),
    thresholds: files.manifest.thresholds,
    calibration: files.manifest.calibration
  }
}

/** null where the directory holds no content model that fits. */
export async function openContentIfAny(directory: string): Promise<OpenContentModel | null> {
  try {
    return await openContentModel(directory)
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}
