import { readModelDirectory } from '../../service/models/model-directory.ts'
import { ModelError } from '../../service/models/model-error.ts'
import { loadContentModel } from '../../service/models/content-model.ts'
import type { BudgetThreshold, ContentModel } from '../../service/models/model-ports.ts'
import { contentDigest } from '../../service/features/digest.ts'
import { observeMail, type MailContext } from '../observe-mail.ts'
import type { TrainingMail } from './sender-history.ts'

/** Turns raw mail into training mail; null if it can't be read. */
export type Observe = (raw: string, context: MailContext) => Promise<TrainingMail | null>

/** The service's own observation, scored by the content model at once: tokens are what takes the memory. */
export function createObserve(content: ContentModel | null): Observe {
  return async (raw, context) => {
    const observation = await observeMail(raw, context)
    if (observation === null) return null
    const spamLogit = content === null ? null : ((await content.predict([observation.content]))[0] ?? null)
    return { observation: { ...observation, content: { ...observation.content, tokens: [] } }, spamLogit }
  }
}

export interface OpenContentModel extends ContentModel {
  /** Measured on the content model's own, wider mail. */
  readonly thresholds: readonly BudgetThreshold[]
}

/** The content model in this directory, as the service would load it. */
export async function openContentModel(directory: string): Promise<OpenContentModel> {
  const files = await readModelDirectory(directory, 'content', contentDigest)
  return { ...loadContentModel(files), thresholds: files.manifest.thresholds }
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
