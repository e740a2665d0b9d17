import type { DriftColumn, ModelDrift } from '../../../service/contracts/drift.ts'
import type { Calibration } from '../calibration.ts'
import { isAlarming } from '../column-groups.ts'
import type { CompareOptions, DriftState, DriftWeek } from '../stability/compare-weeks.ts'
import type { HeldWeek } from '../hold-rate.ts'
import type { MeasuredGroup, MeasuredWeeks } from '../measured-group.ts'
import { nameOfWeek, weekMs } from '../week.ts'

export interface ReportOptions {
  readonly name: ModelDrift['name']
  readonly version: string | null
  readonly groups: readonly MeasuredGroup[]
  /** Epoch ms: a week that ends later is not whole. */
  readonly until: number
  readonly limits: Omit<CompareOptions, 'isReference'>
  readonly calibration: Calibration
  readonly held: readonly HeldWeek[]
}

/** What is told of one model; alarms go by its last whole week. */
export function reportOf({ groups, until, limits, ...told }: ReportOptions): ModelDrift {
  const { name, version, calibration, held } = told
  const measured = groups.map((group) => ({ group, ...group.end(limits) }))
  const weeks = weeksOf(measured, until)
  const judgedWeek = weeks.findLast(({ isWhole }) => isWhole)?.week ?? null
  const columns = measured.flatMap(columnsOf)
  const judged = columns
    .filter((column) => column.isAlarming)
    .flatMap((column) => judgedIn(column, judgedWeek))
  const inState = (state: DriftState): readonly Judged[] =>
    judged.filter((one) => one.state === state).toSorted((a, b) => b.psi - a.psi)
  const namesOf = (state: DriftState): string[] => inState(state).map((one) => one.name)
  return {
    name,
    version,
    reference: referenceOf(measured[0]),
    judgedWeek,
    states: {
      few: inState('few').length,
      stable: inState('stable').length,
      watch: inState('watch').length,
      drifted: inState('drifted').length
    },
    drifted: namesOf('drifted'),
    watched: namesOf('watch'),
    weeks,
    columns,
    calibration: calibration.messages === 0 ? null : { ...calibration, bins: [...calibration.bins] },
    held: held.map(({ week, range, ...counted }) => ({
      week: nameOfWeek(week),
      ...counted,
      range: range === null ? null : { ...range }
    }))
  }
}

type Measured = MeasuredWeeks & { readonly group: MeasuredGroup }

interface Judged {
  readonly name: string
  readonly state: DriftState
  readonly psi: number
}

function judgedIn({ name, cells }: DriftColumn, week: string | null): readonly Judged[] {
  const cell = cells.find((one) => one.week === week)
  return cell === undefined ? [] : [{ name, state: cell.state, psi: cell.psi ?? 0 }]
}

function referenceOf(first: Measured | undefined): ModelDrift['reference'] {
  if (first === undefined) return null
  const { source, from, to } = first.group.reference
  return { source, from: nameOfWeek(from), to: nameOfWeek(to), ...first.reference }
}

/** As what the model reads has them: every message that it may have judged. */
function weeksOf(measured: readonly Measured[], until: number): ModelDrift['weeks'] {
  const [first] = measured
  return (first?.weeks ?? []).map(({ week, messages, senders }) => ({
    week: nameOfWeek(week),
    messages,
    senders,
    isWhole: week + weekMs <= until
  }))
}

function columnsOf({ group, weeks }: Measured): readonly DriftColumn[] {
  return group.names.map((name, index) => ({
    name,
    kind: group.kind,
    isAlarming: isAlarming(name),
    cells: weeks.flatMap((week) => cellOf(week, index))
  }))
}

function cellOf({ week, cells }: DriftWeek, column: number): DriftColumn['cells'] {
  const cell = cells[column]
  return cell === undefined ? [] : [{ week: nameOfWeek(week), ...cell }]
}
