import { behaviourFeatureNames, behaviourGroups } from '../../service/features/behaviour.ts'
import type { TakeoverModel } from '../../service/models/model-ports.ts'
import { fuseRisk } from '../../service/verdict/fuse-risk.ts'
import { createRandom, shuffle, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { areaUnderCurve } from '../measure/ranking.ts'
import type { PresentedMessage } from './present-attacks.ts'

export interface GroupImportance {
  readonly group: string
  readonly features: number
  /** How much of the area under the ROC curve is lost without it: mean, least and most of the rounds. */
  readonly loss: number
  readonly least: number
  readonly most: number
}

const usualRounds = 3

/**
 * What each group of features is worth to the takeover model: its columns are dealt out anew among the messages (Breiman 2001, Random
 * Forests, section 10), so that they say nothing, and what is lost is measured. Features of a group go together, as they share what they know.
 * What two groups both know is lost by neither.
 */
export async function measureImportance(
  messages: readonly PresentedMessage[],
  model: Pick<TakeoverModel, 'predict'>,
  { seed = 1, rounds = usualRounds }: { readonly seed?: number; readonly rounds?: number } = {}
): Promise<readonly GroupImportance[]> {
  const random = createRandom(seed)
  const whole = await areaOf(
    messages,
    model,
    messages.map(({ features }) => features)
  )
  const found: GroupImportance[] = []
  for (const [group, names] of Object.entries(behaviourGroups)) {
    const columns = names.map((name) => behaviourFeatureNames.indexOf(name))
    const losses: number[] = []
    for (let round = 0; round < rounds; round += 1)
      losses.push(whole - (await areaOf(messages, model, dealtAnew(messages, columns, random))))
    const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length
    found.push({ group, features: names.length, loss, least: Math.min(...losses), most: Math.max(...losses) })
  }
  return found.toSorted((a, b) => b.loss - a.loss)
}

async function areaOf(
  messages: readonly PresentedMessage[],
  model: Pick<TakeoverModel, 'predict'>,
  rows: readonly Float32Array[]
): Promise<number> {
  const logits = await model.predict(rows)
  return areaUnderCurve(
    messages.map(({ isBad, spamLogit }, index) => ({
      isBad,
      score: fuseRisk(logits[index] ?? Number.NaN, spamLogit)
    }))
  )
}

function dealtAnew(
  messages: readonly PresentedMessage[],
  columns: readonly number[],
  random: Random
): readonly Float32Array[] {
  const places = shuffle(Array.from(messages.keys()), random)
  return messages.map(({ features }, index) => {
    const other = messages[places[index] ?? index]?.features ?? features
    const row = Float32Array.from(features)
    for (const column of columns) row[column] = other[column] ?? 0
    return row
  })
}
