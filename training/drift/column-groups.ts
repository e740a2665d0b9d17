import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import type { JudgedMessage } from '../../service/history/reader/drift-reader.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import { structureNames } from '../../service/observation/observation.ts'

/** Columns that a message has all of, or none. */
export interface ColumnGroup {
  readonly kind: 'feature' | 'score'
  readonly names: readonly string[]
  /** null: the message has none of them. */
  readonly valuesOf: (message: JudgedMessage) => ArrayLike<number> | null
}

export interface Versions {
  readonly takeover: string
  readonly content: string
}

/** What a model reads, and what it says. Of what other versions said nothing is compared: their scales are their own. */
export function columnGroupsOf(name: ModelName, versions: Versions): readonly ColumnGroup[] {
  return name === 'takeover' ? takeoverColumns(versions) : contentColumns(versions)
}

/** They count what the installation has seen, and how long ago it saw what still holds: they grow with it, and are no reason to be alarmed. */
const growing = /^history\.|_age_log$/u

export function isAlarming(column: string): boolean {
  return !growing.test(column)
}

/** In bits. That what always happens is ever less surprising moves no model. */
const leastSurprisal = 0.25

/** What differs by less counts as the same. */
export function resolutionOf(column: string): number {
  return column.includes('surprisal') ? leastSurprisal : 0
}

function takeoverColumns({ takeover, content }: Versions): readonly ColumnGroup[] {
  return [
    {
      kind: 'feature',
      names: behaviourFeatureNames,
      valuesOf: ({ features, feature_digest: digest }) =>
        digest === behaviourDigest ? ofFormedHabits(numbersOf(features, behaviourFeatureNames.length)) : null
    },
    {
      kind: 'score',
      names: ['takeover.logit', 'risk.logit'],
      valuesOf: (message) =>
        message.takeover_model === takeover && message.content_model === content
          ? scoresOf(message.takeover_logit, message.risk_logit)
          : null
    }
  ]
}

/** As in training: whoever has sent less has no habits to be unlike, and everything of his is new. */
const leastSeen = Math.log1p(20)
const seenAt = behaviourFeatureNames.indexOf('history.messages_log')

function ofFormedHabits(values: Float64Array | null): Float64Array | null {
  return (values?.[seenAt] ?? 0) < leastSeen ? null : values
}

function contentColumns({ content }: Versions): readonly ColumnGroup[] {
  return [
    {
      kind: 'feature',
      names: structureNames.map((name) => `content.${name}`),
      valuesOf: ({ content_structure: structure }) => numbersOf(structure, structureNames.length)
    },
    {
      kind: 'score',
      names: ['spam.logit'],
      valuesOf: (message) => (message.content_model === content ? scoresOf(message.spam_logit) : null)
    }
  ]
}

/** JSON has no NaN: ClickHouse sends it as a word. */
function numbersOf(values: readonly number[], wanted: number): Float64Array | null {
  return values.length === wanted ? Float64Array.from(values, Number) : null
}

function scoresOf(...scores: readonly (number | null)[]): Float64Array | null {
  return scores.every((score) => score !== null) ? Float64Array.from(scores, Number) : null
}
