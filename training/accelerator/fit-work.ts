import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { takeoverMembers } from '../../service/models/network/takeover-model.ts'
import type { FitContentOptions } from '../content/fit-content.ts'
import type { FitTakeoverOptions } from '../takeover/fit-takeover.ts'

/** Multiplications in the dense layers of the takeover network for one step, forward: what the choice of a backend goes by. */
export function takeoverWork({
  batchSize,
  firstUnits,
  secondUnits
}: Pick<FitTakeoverOptions, 'batchSize' | 'firstUnits' | 'secondUnits'>): number {
  return takeoverMembers * batchSize * weightsOf([behaviourFeatureNames.length, firstUnits, secondUnits, 1])
}

/** The same of the content network. Its hashed bags don't count: they run in our own kernel on every backend. */
export function contentWork({ batchSize, shape }: Pick<FitContentOptions, 'batchSize' | 'shape'>): number {
  return batchSize * weightsOf([shape.bagUnits + shape.structure, shape.hiddenUnits, 1])
}

function weightsOf(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, size, index) => sum + size * (sizes[index] ?? 0), 0)
}
