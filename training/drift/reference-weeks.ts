import type { JudgingVersions } from '../../service/history/reader/drift-reader.ts'
import type { ColumnGroup, Versions } from './column-groups.ts'
import { weekMs, weekOf } from './week.ts'

/** Epoch ms of first and last message. */
export interface TrainedOn {
  readonly from: number
  readonly to: number
}

/** Whole weeks, `to` exclusive. */
export interface ReferenceWeeks {
  readonly source: 'training' | 'first-weeks'
  readonly from: number
  readonly to: number
}

interface Choice {
  readonly versions: Versions
  readonly judging: readonly JudgingVersions[]
  readonly trainedOn: TrainedOn | null
  readonly since: number
  readonly firstWeeks: number
}

/**
 * What later weeks are compared with. What a model reads: the weeks whose mail it was trained on, where it was trained on this installation's and they are still
 * kept; else the first weeks. What it says: the first weeks in which this version judged, as it had said nothing before.
 */
export function referenceOf(
  { kind, names }: Pick<ColumnGroup, 'kind' | 'names'>,
  choice: Choice
): ReferenceWeeks | null {
  const { judging, trainedOn, since, firstWeeks, versions } = choice
  const isAboutBoth = names.includes('risk.logit')
  const own = judging.filter(
    ({ takeover, content }) =>
      kind === 'feature' || (content === versions.content && (!isAboutBoth || takeover === versions.takeover))
  )
  if (own.length === 0) return null
  const first = weekOf(Math.min(...own.map((one) => one.first)))
  const last = weekOf(Math.max(...own.map((one) => one.last)))
  const trained = kind === 'feature' && trainedOn !== null ? weeksOf(trainedOn, since, last) : null
  return trained ?? { source: 'first-weeks', from: first, to: first + firstWeeks * weekMs }
}

/** null: they are gone, or nothing came since. */
function weeksOf({ from, to }: TrainedOn, since: number, last: number): ReferenceWeeks | null {
  const weeks = { from: Math.max(weekOf(from), weekOf(since)), to: weekOf(to) + weekMs }
  return weeks.from < weeks.to && weeks.to <= last ? { source: 'training', ...weeks } : null
}
