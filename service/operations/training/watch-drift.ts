import type { DriftRequest, DriftSummary, HistoryPlace } from '../../models/retrain/child-messages.ts'
import type { ModelEvent } from '../../models/shelf/model-event.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { DriftRecord, RunRecords } from './run-records.ts'
import type { RunDrift } from './run-training.ts'

export interface WatchDriftOptions extends Omit<DriftRequest, 'history' | 'now'> {
  readonly findHistory: () => Promise<HistoryPlace>
  readonly runDrift: RunDrift
  readonly records: Pick<RunRecords, 'drift' | 'setDrift'>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Inside the transaction: what history keeps of it. */
  readonly onEvent: (event: ModelEvent, by: string) => void
  readonly clock: () => number
  /** The service ends: nothing more is kept. */
  readonly signal: AbortSignal
  readonly log: Logger
}

/** Measures drift, keeps the report, and says once what has changed since the last time. */
export function createWatchDrift(options: WatchDriftOptions): () => Promise<void> {
  const { runDrift, findHistory, records, accept, onEvent, clock, signal, log, ...asked } = options
  const { holdBudgetPer10k, badPrior, models, report } = asked

  return async function watchDrift() {
    const last = records.drift()
    const now = clock()
    try {
      const history = await findHistory()
      const items = await runDrift({ history, now, holdBudgetPer10k, badPrior, models, report })
      const changed = items.filter((item) => told(item) !== told(before(last, item.name)))
      for (const item of changed) tell(item, before(last, item.name), log)
      await accept(() => {
        records.setDrift({ at: now, fault: null, items })
        for (const item of changed) onEvent(eventOf(item), 'schedule')
      })
    } catch (error) {
      if (signal.aborted) return
      const fault = error instanceof Error ? error.message : String(error)
      log.error('models.drift_check_failed', { fault })
      await accept(() => records.setDrift({ at: now, fault, items: last?.items ?? [] }))
    }
  }
}

/** What nobody has measured yet counts as quiet. */
function before(last: DriftRecord | undefined, name: DriftSummary['name']): DriftSummary {
  return last?.items.find((item) => item.name === name) ?? { ...quiet, name }
}

const quiet: Omit<DriftSummary, 'name'> = {
  version: null,
  judgedWeek: null,
  states: { few: 0, stable: 0, watch: 0, drifted: 0 },
  drifted: [],
  worst: [],
  calibration: null,
  held: null
}

/** What an alarm is about: the same again is not said again. */
function told({ drifted, calibration, held }: DriftSummary): string {
  return JSON.stringify([drifted.toSorted(), calibration === 'too-low', held === 'over'])
}

function tell(item: DriftSummary, last: DriftSummary, log: Logger): void {
  const { name, version, judgedWeek, drifted, calibration, held } = item
  const facts = { name, version, week: judgedWeek }
  const columns = drifted.slice(0, 20)
  if (drifted.length > 0) log.warn('models.features_drifted', { ...facts, drifted: drifted.length, columns })
  else if (last.drifted.length > 0) log.info('models.features_stable', facts)
  if (calibration === 'too-low') log.warn('models.risk_too_low', facts)
  if (held === 'over') log.warn('models.hold_budget_exceeded', facts)
}

function eventOf({ name, version, ...found }: DriftSummary): ModelEvent {
  const { judgedWeek, states, drifted, calibration, held } = found
  const facts = { week: judgedWeek, ...states, columns: drifted.slice(0, 20), calibration, held }
  return { name, version: version ?? '', event: 'drift_changed', facts }
}
