import type { DriftSummary } from '../../models/retrain/child-messages.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { ModelName } from '../models/acting.ts'
import type { DriftRecord, RunRecords, TrainedRecord } from './run-records.ts'
import { nextSlot, type Rhythm } from './slots.ts'

export interface ShowRunsOptions {
  readonly records: Pick<RunRecords, 'trained' | 'drift'>
  readonly schedule: Rhythm | 'off'
  /** Time of day, UTC. */
  readonly at: string
  readonly models: readonly ModelName[]
  readonly clock: () => number
}

export type ShowRuns = ReturnType<typeof createShowRuns>

/** What has run by itself, as people and machines see it. */
export function createShowRuns({ records, schedule, at, models, clock }: ShowRunsOptions) {
  return { drift, training, health }

  function drift(name: string) {
    const last = records.drift()
    return last === undefined ? null : showDrift(last, name)
  }

  /** `stateOf`: of a version on disk; null: it is gone. */
  function training(stateOf: (name: string, version: string) => string | null) {
    const items = models.flatMap((name) => {
      const record = records.trained(name)
      return record === undefined ? [] : [showTrained(name, record, stateOf)]
    })
    const next = schedule === 'off' ? null : new Date(nextSlot(schedule, at, clock())).toISOString()
    return { schedule, next, items }
  }

  /** What needs attention; null: nothing. */
  function health(): { readonly degraded: string } | null {
    const failed = models.filter((name) => records.trained(name)?.outcome === 'failed')
    const last = records.drift()
    const found = [
      ...(schedule !== 'off' && failed.length > 0
        ? [`the last training of ${failed.join(' and ')} failed`]
        : []),
      ...(last === undefined || last.fault === null ? [] : [`drift could not be measured: ${last.fault}`]),
      ...(last?.items ?? []).flatMap(concernOf)
    ]
    return found.length === 0 ? null : { degraded: found.join('; ') }
  }
}

function concernOf({ name, drifted, calibration, held }: DriftSummary): readonly string[] {
  return [
    ...(drifted.length === 0 ? [] : [`${name}: ${drifted.length} of its columns drifted`]),
    ...(calibration === 'too-low' ? [`${name}: more mail was bad than its risks said`] : []),
    ...(held === 'over' ? ['more was held than the budget allows'] : [])
  ]
}

/** Reads of the records at each scrape. */
export function exposeRuns(
  records: ShowRunsOptions['records'],
  models: readonly ModelName[],
  metrics: Pick<Metrics, 'gauges'>
): void {
  const items = (): readonly DriftSummary[] => records.drift()?.items ?? []
  metrics.gauges('sluice_model_drift_columns', () =>
    items().flatMap(({ name, states }) =>
      Object.entries(states).map(([state, value]) => ({ labels: { model: name, state }, value }))
    )
  )
  metrics.gauges('sluice_model_feature_psi', () =>
    items().flatMap(({ name, worst }) =>
      worst.map(({ column, psi }) => ({ labels: { model: name, column }, value: psi }))
    )
  )
  metrics.gauges('sluice_model_training_failed', () =>
    models.flatMap((name) => {
      const record = records.trained(name)
      return record === undefined
        ? []
        : [{ labels: { model: name }, value: Number(record.outcome === 'failed') }]
    })
  )
}

function showDrift({ at, fault, items }: DriftRecord, name: string) {
  const { judgedWeek, states, worst, calibration, held } =
    items.find((one) => one.name === name) ?? unmeasured
  return {
    at: new Date(at).toISOString(),
    fault,
    week: judgedWeek,
    drifted: states.drifted,
    watched: states.watch,
    worst: [...worst],
    calibration,
    held
  }
}

const unmeasured: Pick<DriftSummary, 'judgedWeek' | 'states' | 'worst' | 'calibration' | 'held'> = {
  judgedWeek: null,
  states: { few: 0, stable: 0, watch: 0, drifted: 0 },
  worst: [],
  calibration: null,
  held: null
}

function showTrained(
  name: ModelName,
  { at, outcome, version, reasons }: TrainedRecord,
  stateOf: (name: string, version: string) => string | null
) {
  const state = version === null ? null : stateOf(name, version)
  const isOpen = outcome === 'proposed' && (state === 'kept' || state === 'shadow')
  const accept = isOpen ? `sluice models promote ${name} ${version}` : null
  return { name, at: new Date(at).toISOString(), outcome, version, reasons: [...reasons], accept }
}
