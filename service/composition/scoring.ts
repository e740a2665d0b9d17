import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/config-schema.ts'
import { loadModels } from '../models/load-models.ts'
import { createObserver } from '../scoring/observer.ts'
import { createScoreSubmission } from '../scoring/score-submission.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import type { Stores } from './stores.ts'

export async function openScoring(
  config: Config,
  { accept, key, senders }: Stores,
  { log }: StartOptions,
  onClose: OnClose
) {
  const { policy, limits, parse, http } = config
  const metrics = createMetrics({ processMetrics: true })
  const models = await loadModels({
    directory: join(config.dataDir, 'models'),
    backend: config.models.backend,
    log
  })
  onClose(() => models.close())
  const workers = parse.workers > 0 ? parse.workers : Math.max(1, availableParallelism() - 1)
  const observer = createObserver({ ...parse, workers, key })
  onClose(() => observer.close())
  const scoreSubmission = createScoreSubmission({
    observer,
    senders,
    models: models.scoring,
    background: models.background,
    accept,
    policy,
    limits,
    clock,
    newId,
    metrics,
    log,
    maxPending: http.maxPending
  })
  return { metrics, models, observer, scoreSubmission }
}

export type Scoring = Awaited<ReturnType<typeof openScoring>>
