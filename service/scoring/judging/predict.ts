import { maskRow } from '../../models/network/mask-row.ts'
import type { ContentInput, ScoringModels } from '../../models/model-ports.ts'
import { fuseRisk } from '../../verdict/fuse-risk.ts'
import { blankContent, contentGroups, maskContent } from './content-groups.ts'
import type { ContentLogits } from './read-content.ts'

/** One message as the models see it, and which of its parts speak together. */
export interface ModelInput {
  readonly content: ContentInput
  /** What the content model has said already: it is not asked again. */
  readonly contentLogits: ContentLogits
  readonly behaviour: Float32Array
  /** By column of the row: the number of its behaviour group. */
  readonly groupOf: Uint8Array
}

/** Bits: behaviour groups from the lowest, content groups above them; without a model, its groups are no players. */
interface Players {
  readonly behaviour: number
  readonly content: number
}

export interface Predictions {
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  /** Fused log-odds with only the groups of `present` speaking. Throws for coalitions that were not asked for. */
  readonly riskOf: (present: number) => number
}

/** All of `coalitions` and the full one in one batched call to each model; equal halves are predicted once. */
export async function predict(
  models: ScoringModels,
  input: ModelInput,
  coalitions: readonly number[]
): Promise<Predictions> {
  const players = playersOf(models, input)
  const behaviourMask = 2 ** players.behaviour - 1
  const full = 2 ** (players.behaviour + players.content) - 1
  const asked = [full, ...coalitions]
  const takeoverMasks = [...new Set(asked.map((coalition) => coalition & behaviourMask))]
  const contentMasks = [...new Set(asked.map((coalition) => coalition >>> players.behaviour))]
  const [takeover, spam] = await Promise.all([
    predictTakeover(models, input, takeoverMasks),
    predictContent(models, input, contentMasks)
  ])
  const riskOf = (present: number): number =>
    fuseRisk(valueAt(takeover, present & behaviourMask), valueAt(spam, present >>> players.behaviour))
  return {
    takeoverLogit: valueAt(takeover, behaviourMask),
    spamLogit: valueAt(spam, full >>> players.behaviour),
    riskOf
  }
}

/** How many groups each loaded model has. */
function playersOf(models: ScoringModels, { groupOf }: Pick<ModelInput, 'groupOf'>): Players {
  return {
    behaviour: models.takeover === null ? 0 : 1 + Math.max(...groupOf),
    content: models.content === null ? 0 : contentGroups.length
  }
}

type ByMask = ReadonlyMap<number, number> | null

async function predictTakeover(
  { takeover }: ScoringModels,
  { behaviour, groupOf }: ModelInput,
  masks: readonly number[]
): Promise<ByMask> {
  if (takeover === null) return null
  const logits = takeover.predictCoalitions
    ? await takeover.predictCoalitions(behaviour, groupOf, masks)
    : await takeover.predict(masks.map((mask) => maskRow(behaviour, takeover.neutralRow, groupOf, mask)))
  return byMask(masks, logits)
}

async function predictContent(
  { content }: ScoringModels,
  input: ModelInput,
  masks: readonly number[]
): Promise<ByMask> {
  if (content === null) return null
  const neutral = content.neutral ?? blankContent
  const { contentLogits: known } = input
  const unknown = masks.filter((mask) => !known.has(mask))
  const inputs = unknown.map((mask) => maskContent(input.content, neutral, mask))
  const logits = inputs.length === 0 ? [] : await content.predict(inputs)
  return byMask([...known.keys(), ...unknown], [...known.values(), ...logits])
}

function byMask(masks: readonly number[], logits: readonly number[]): ByMask {
  return new Map(masks.map((mask, index) => [mask, bounded(logits[index])]))
}

/** What a model says is a number; if it is not, the message must not pass as harmless. */
function bounded(logit: number | undefined): number {
  if (logit === undefined || Number.isNaN(logit)) throw new Error('A model gave no number')
  return Math.min(30, Math.max(-30, logit))
}

function valueAt(values: ByMask, mask: number): number | null {
  if (values === null) return null
  const value = values.get(mask)
  if (value === undefined) throw new Error(`Coalition ${mask} was not predicted`)
  return value
}
