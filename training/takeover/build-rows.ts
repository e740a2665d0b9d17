import { usualBounds, type ProfileBounds } from '../../service/profile/profile-bounds.ts'
import { buildBackground } from '../../service/features/build-background.ts'
import type { Background } from '../../service/features/background.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import type { Progress } from '../progress.ts'
import { bucketOf } from '../split/assign-folds.ts'
import { foldHistory, walkSender, type BehaviourRow, type Met } from './behaviour-rows.ts'
import { nearestWriters } from './impostors/nearest-writers.ts'
import { settleSenders } from './neighbourhoods.ts'
import type { BadMail, SenderHistory } from './corpus/sender-history.ts'

export const folds = 5

/** Where a sender or a campaign belongs. */
export function foldOf(name: string, seed: number): number {
  return bucketOf(name, folds, seed)
}

export interface BuildRowsOptions {
  readonly histories: readonly SenderHistory[]
  readonly badMail: readonly BadMail[]
  readonly seed: number
  /** Composed attacks per honest message. */
  readonly attackRate: number
  /** What was built from other senders; without it one is built of these, and each row leaves out whom it is about. */
  readonly background?: Background
  /** Victims, impostors and bad mail keep to their fold. Off for senders who are only measured. */
  readonly keepFolds: boolean
  /** How much a profile may hold. Default: as at the installation. */
  readonly bounds?: ProfileBounds
  readonly progress: Progress
}

export interface BuiltRows {
  readonly rows: readonly BehaviourRow[]
  readonly background: Background
  /** Fold of each sender, beside `histories`. */
  readonly fold: readonly number[]
}

/** Every sender's mail and attacks on it as rows of features. */
export function buildRows({
  histories,
  badMail,
  seed,
  attackRate,
  background: given,
  keepFolds,
  bounds = usualBounds,
  progress
}: BuildRowsOptions): BuiltRows {
  const profiles = histories.map((history) => foldHistory(history, bounds))
  const background = given ?? buildBackground(profiles)
  const nearest = nearestWriters(profiles, background)
  const fold = histories.map(({ sender }) => (keepFolds ? foldOf(sender, seed) : 0))
  const homes = settleSenders(histories, profiles, seed)
  const met = histories.map((history, index): Met => {
    const home = homes[index]
    return { history, met: given === undefined ? (profiles[index] ?? null) : null, ...(home && { home }) }
  })
  const rows: BehaviourRow[] = []
  for (const [index, victim] of met.entries()) {
    const { source } = victim.history
    const isNear = (other: Met, number: number): boolean =>
      other.history.source === source && fold[number] === fold[index]
    const impostors = (nearest[index] ?? []).flatMap((number) => {
      const other = met[number]
      return other !== undefined && isNear(other, number) ? [other] : []
    })
    const own = badMail.filter(({ group }) => !keepFolds || foldOf(group, seed) === fold[index])
    const random = createRandom(seed * 7_919 + index)
    rows.push(
      ...walkSender(
        { ...victim, impostors, badMail: own },
        { sender: index, background, random, attackRate, bounds }
      )
    )
    progress('compare', index + 1, met.length)
  }
  return { rows, background, fold }
}
