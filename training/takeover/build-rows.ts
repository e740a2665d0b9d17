import { buildBackground } from '../../service/features/build-background.ts'
import type { Background } from '../../service/features/background.ts'
import { createRandom } from '../chance.ts'
import type { Progress } from '../progress.ts'
import { bucketOf } from '../split/assign-folds.ts'
import { foldHistory, walkSender, type BehaviourRow, type Met } from './behaviour-rows.ts'
import { nearestWriters } from './nearest-writers.ts'
import type { BadMail, SenderHistory } from './sender-history.ts'

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
  progress
}: BuildRowsOptions): BuiltRows {
  const profiles = histories.map(foldHistory)
  const background = given ?? buildBackground(profiles)
  const nearest = nearestWriters(profiles, background)
  const fold = histories.map(({ sender }) => (keepFolds ? foldOf(sender, seed) : 0))
  const met = histories.map((history, index): Met => ({
    history,
    met: given === undefined ? (profiles[index] ?? null) : null
  }))
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
      ...walkSender({ ...victim, impostors, badMail: own }, { sender: index, background, random, attackRate })
    )
    progress('compare', index + 1, met.length)
  }
  return { rows, background, fold }
}
