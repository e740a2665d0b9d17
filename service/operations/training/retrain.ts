import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HistoryPlace } from '../../models/retrain/child-messages.ts'
import type { ModelRegistry } from '../../models/shelf/model-registry.ts'
import type { BackendChoice } from '../../models/tensor/backend-names.ts'
import type { ModelEvent } from '../../models/shelf/model-event.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Busy, ModelName } from '../models/acting.ts'
import type { ModelActs } from '../models/model-acts.ts'
import type { MeasureOutcome, PromoteOutcome } from '../models/promote.ts'
import type { RunRecords, TrainedRecord } from './run-records.ts'
import type { RunTraining } from './run-training.ts'

export interface RetrainOptions {
  readonly models: readonly ModelName[]
  /** `propose`: somebody decides; `when-better`: it serves if the gate finds it not worse. */
  readonly promote: 'propose' | 'when-better'
  readonly minMessages: number
  /** How much of history is learned from. */
  readonly sinceMs: number
  /** What networks are trained on. */
  readonly backend?: BackendChoice
  /** Of its own; emptied before and after. */
  readonly directory: string
  readonly registry: Pick<ModelRegistry, 'active' | 'add' | 'directoryOf' | 'versions'>
  readonly modelActs: Pick<ModelActs, 'promote' | 'measure'>
  /** Once everything recorded so far is in ClickHouse. */
  readonly findHistory: () => Promise<HistoryPlace>
  readonly runTraining: RunTraining
  readonly records: Pick<RunRecords, 'setTrained'>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Inside the transaction: what history keeps of it. */
  readonly onEvent: (event: ModelEvent, by: string) => void
  readonly clock: () => number
  /** The service ends: nothing more is begun or kept. */
  readonly signal: AbortSignal
  readonly log: Logger
  /** Between two questions whether others are done with the models. */
  readonly busyMs?: number
}

/** Who did it, in history and the log. */
const by = 'schedule'
const seed = 1
const busyTries = 60

/** One run of the schedule: each model is trained, taken in, measured, and proposed or promoted. What serves is touched by the gate's word only. */
export function createRetrain(options: RetrainOptions): (slot: number) => Promise<void> {
  const { models, clock, signal, log, records, accept, onEvent } = options
  const retrainOne = createRetrainOne(options)

  return async function retrain(slot) {
    for (const name of models) {
      const record = await retrainOne(name, slot).catch((error: unknown) => failed(clock(), error))
      if (signal.aborted) return
      const { outcome, version, reasons } = record
      const facts = { name, version, outcome, reasons }
      if (outcome === 'failed') log.error('models.training_failed', facts)
      else log.info('models.retrained', facts)
      const event = {
        name,
        version: version ?? '',
        event: outcome === 'failed' ? 'training_failed' : 'trained',
        facts: { outcome, reasons }
      } as const
      await accept(() => {
        records.setTrained(name, record)
        onEvent(event, by)
      })
    }
  }
}

function failed(at: number, error: unknown): TrainedRecord {
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : ''
  const told = error instanceof Error ? `${code}${error.message}` : String(error)
  const facts = error instanceof Error && 'facts' in error ? ` ${JSON.stringify(error.facts)}` : ''
  return { at, outcome: 'failed', version: null, reasons: [`${told}${facts}`] }
}

function createRetrainOne(options: RetrainOptions) {
  const { registry, runTraining, findHistory, directory, minMessages, sinceMs, clock } = options

  return async function retrainOne(name: ModelName, slot: number): Promise<TrainedRecord> {
    const version = await freeVersion(registry, name, slot)
    const { active: content } = await registry.active('content')
    const now = clock()
    const out = join(directory, name)
    await rm(out, { recursive: true, force: true })
    try {
      const trained = await runTraining({
        name,
        history: await findHistory(),
        since: now - sinceMs,
        now,
        minMessages,
        out,
        version,
        seed,
        contentDirectory: registry.directoryOf('content', content),
        ...(options.backend && { backend: options.backend })
      })
      if (trained.kind === 'few') {
        const told = `History holds ${trained.messages} messages of the time that is learned from; training.minMessages is ${minMessages}.`
        return { at: clock(), outcome: 'few', version: null, reasons: [told] }
      }
      await registry.add(trained.directory)
      return await introduce(options, name, version)
    } finally {
      await rm(out, { recursive: true, force: true })
    }
  }
}

/** The day of the slot, and a number that nobody has: `2026.11.23.1`. */
async function freeVersion(
  registry: RetrainOptions['registry'],
  name: ModelName,
  slot: number
): Promise<string> {
  const day = new Date(slot).toISOString().slice(0, 'yyyy-mm-dd'.length).split('-').map(Number).join('.')
  const taken = new Set((await registry.versions(name)).map(({ version }) => version))
  let number = 1
  while (taken.has(`${day}.${number}`)) number += 1
  return `${day}.${number}`
}

/** To the gate, and as far as it is configured. */
async function introduce(options: RetrainOptions, name: ModelName, version: string): Promise<TrainedRecord> {
  const { promote, modelActs, clock } = options
  const act = (): Promise<Introduced | Busy> =>
    promote === 'when-better'
      ? modelActs.promote(name, version, { by, force: false })
      : modelActs.measure(name, version)
  const outcome = await patiently(act, options)
  return { at: clock(), version, ...cameOf(outcome) }
}

type Introduced = PromoteOutcome | MeasureOutcome

function cameOf(outcome: Introduced | Busy): Pick<TrainedRecord, 'outcome' | 'reasons'> {
  switch (outcome.kind) {
    case 'promoted':
    case 'refused':
      return { outcome: outcome.kind, reasons: outcome.reasons }
    case 'measured':
      return { outcome: outcome.reasons.length === 0 ? 'proposed' : 'refused', reasons: outcome.reasons }
    case 'unusable': {
      const { code, facts } = outcome.fault
      return { outcome: 'failed', reasons: [`${code} ${JSON.stringify(facts)}`] }
    }
    case 'impossible':
      return { outcome: 'failed', reasons: [outcome.detail] }
    case 'busy':
      return {
        outcome: 'failed',
        reasons: ['It was not measured: other changes of the models were under way']
      }
  }
}

/** While somebody else changes the models, for some minutes. */
async function patiently<Outcome>(
  act: () => Promise<Outcome | Busy>,
  { busyMs = 5_000, signal }: Pick<RetrainOptions, 'busyMs' | 'signal'>
): Promise<Outcome | Busy> {
  let outcome = await act()
  for (let tries = 1; tries < busyTries && isBusy(outcome); tries += 1) {
    await sleep(busyMs, undefined, { signal })
    outcome = await act()
  }
  return outcome
}

function isBusy(outcome: unknown): outcome is Busy {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome && outcome.kind === 'busy'
}
