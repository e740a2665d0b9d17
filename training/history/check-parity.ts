import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import type { ReplayReader } from '../../service/history/reader/replay-reader.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import type { JudgingModels } from '../../service/models/model-ports.ts'
import { readPriorTimeline } from './prior-timeline.ts'
import { replayHistory, type ReplayOptions } from './replay-history.ts'
import { replayedFeatures } from './replayed-features.ts'

export interface Parity {
  /** Messages that were judged by features of today's names, by the takeover model at hand. */
  readonly compared: number
  /** Of them: every feature has the same bits. */
  readonly equal: number
  /** Of those compared: history does not hold everything that they were judged by. */
  readonly incomplete: number
  /** Not compared: nothing was judged, by other features, or by another model's background. */
  readonly skipped: number
  /** How often each feature differed. */
  readonly differing: Readonly<Record<string, number>>
  /** The first messages that differed. */
  readonly examples: readonly string[]
}

export type CheckParityOptions = Omit<ReplayOptions, 'reader' | 'onSender'> & {
  readonly reader: ReplayReader
  /** Those that the messages were judged by. */
  readonly set: Pick<JudgingModels, 'models' | 'background'>
}

const maxExamples = 5

/** Computes the features of every message anew from history, and compares them with those that the service recorded, bit by bit. */
export async function checkParity({ reader, set, ...options }: CheckParityOptions): Promise<Parity> {
  const timeline = await readPriorTimeline(reader.priors())
  const version = set.models.takeover?.version ?? ''
  const found = { compared: 0, equal: 0, incomplete: 0, skipped: 0 }
  const differing: Record<string, number> = {}
  const examples: string[] = []
  for await (const replayed of replayHistory({ ...options, reader })) {
    const { row, isComplete } = replayed
    if (!isComparable(row, version)) {
      found.skipped += 1
      continue
    }
    const features = replayedFeatures(replayed, timeline, set)
    const served = Float32Array.from(row.features)
    const names = behaviourFeatureNames.filter((_, index) => !Object.is(features[index], served[index]))
    found.compared += 1
    if (!isComplete || !timeline.knows(row.priors)) found.incomplete += 1
    if (names.length === 0) found.equal += 1
    else if (examples.length < maxExamples) examples.push(`${row.submission_id}: ${names.join(' ')}`)
    for (const name of names) differing[name] = (differing[name] ?? 0) + 1
  }
  return { ...found, differing, examples }
}

/** Judged by features of today's names, and beside this model's background. */
function isComparable(row: StoredMessage, takeoverVersion: string): boolean {
  const { features, feature_digest: digest, takeover_model: version } = row
  return features.length > 0 && digest === behaviourDigest && version === takeoverVersion
}
