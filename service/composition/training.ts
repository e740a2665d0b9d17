import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/config-schema.ts'
import { driftReportSchema, type DriftReport, type ShownDrift } from '../contracts/drift.ts'
import { modelNames } from '../models/load-model.ts'
import {
  driftMessageSchema,
  trainMessageSchema,
  type HistoryPlace
} from '../models/retrain/child-messages.ts'
import { createModelRegistry } from '../models/shelf/model-registry.ts'
import type { ModelName } from '../operations/models/acting.ts'
import type { ModelActs } from '../operations/models/model-acts.ts'
import { createRetrain } from '../operations/training/retrain.ts'
import { createRunDrift, createRunTraining } from '../operations/training/run-training.ts'
import { createSchedule, type Job } from '../operations/training/schedule.ts'
import { createShowRuns, exposeRuns } from '../operations/training/show-runs.ts'
import { createWatchDrift } from '../operations/training/watch-drift.ts'
import { replaceFile } from '../storage/durable-file.ts'
import { recordModelEventsIn } from './history.ts'
import { clock, type StartOptions } from './house.ts'
import type { Stores } from './stores.ts'

type House = Pick<Stores, 'runs' | 'accept' | 'history' | 'metrics'> & {
  readonly config: Config
  readonly options: StartOptions
}

/** What has run by itself, for lists, health and metrics. */
export function showRunsIn({ config, runs, metrics }: Pick<House, 'config' | 'runs' | 'metrics'>) {
  const { schedule, at, models } = config.training
  exposeRuns(runs, modelNames, metrics)
  return createShowRuns({ records: runs, schedule, at, models, clock })
}

/**
 * Scheduled training and the check of drift, until `signal` ends them. Nothing of it without history, and in a service for the length of one command.
 * Gives what waits for their end.
 */
export function openTraining(
  { config, options, runs, accept, history }: House,
  modelActs: ModelActs,
  signal: AbortSignal
): () => Promise<void> {
  if (history === null || options.isPrivate === true) return async () => undefined
  const findHistory = async (): Promise<HistoryPlace> => {
    await history.drain()
    const { user, password } = config.clickhouse
    return { ...(await history.address()), database: history.database, user, password }
  }
  const { log } = options
  const onEvent = recordModelEventsIn(history)
  const acting = { records: runs, accept, onEvent, findHistory, clock, signal, log }
  const jobs = [...retrainJob(config, acting, modelActs), ...driftJob(config, acting)]
  const schedule = createSchedule({ ...acting, jobs })
  return () => schedule.close()
}

type Acting = Pick<House, 'accept'> &
  Pick<Parameters<typeof createRetrain>[0], 'onEvent' | 'findHistory' | 'clock' | 'signal' | 'log'> & {
    readonly records: Stores['runs']
  }

function retrainJob(config: Config, acting: Acting, modelActs: ModelActs): readonly Job[] {
  const { schedule, at, sinceDays, ...training } = config.training
  if (schedule === 'off') return []
  const run = createRetrain({
    ...acting,
    ...training,
    sinceMs: sinceDays * dayMs,
    backend: config.models.backend,
    directory: join(config.dataDir, 'training'),
    registry: createModelRegistry({ directory: join(config.dataDir, 'models'), replaceFile }),
    modelActs,
    runTraining: createRunTraining({
      readMessage: (raw) => trainMessageSchema.parse(raw),
      ...limitsOf(config, acting.signal)
    })
  })
  return [{ name: 'train', rhythm: schedule, at, run }]
}

function driftJob(config: Config, acting: Acting): readonly Job[] {
  const { driftCheck: rhythm, at } = config.training
  if (rhythm === 'off') return []
  const { holdBudgetPer10k, badPrior } = config.policy
  const run = createWatchDrift({
    ...acting,
    holdBudgetPer10k,
    badPrior,
    models: join(config.dataDir, 'models'),
    report: driftDirectoryOf(config),
    runDrift: createRunDrift({
      readMessage: (raw) => driftMessageSchema.parse(raw),
      ...limitsOf(config, acting.signal)
    })
  })
  return [{ name: 'drift', rhythm, at, run }]
}

const dayMs = 86_400_000

function limitsOf({ training: { maxMinutes, maxMemoryMiB } }: Config, signal: AbortSignal) {
  return { signal, timeLimitMs: maxMinutes * 60_000, maxMemoryBytes: maxMemoryMiB * 1_048_576 }
}

function driftDirectoryOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'models', 'drift')
}

/** The last report of a model; null: none was written, or none that can be read. */
export function showDriftIn(config: Config): (name: ModelName) => Promise<ShownDrift | null> {
  const file = join(driftDirectoryOf(config), 'drift.json')
  return async (name) => {
    const report = await readFile(file, 'utf8').then(parseReport, () => null)
    const item = report?.items.find((one) => one.name === name)
    if (report === null || item === undefined) return null
    const { createdAt, holdBudgetPer10k } = report
    return { ...item, createdAt, holdBudgetPer10k }
  }
}

function parseReport(text: string): DriftReport | null {
  try {
    return driftReportSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
