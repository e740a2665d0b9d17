import { join } from 'node:path'
import { loadConfig } from '../../config/load-config.ts'
import { modelListSchema, type ModelList } from '../../contracts/model.ts'
import { loadModels } from '../../models/shelf/load-models.ts'
import { createShowModels } from '../../operations/models/show-models.ts'
import { silentLogger, type Logger } from '../../telemetry/logger.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { findService } from '../running/running-service.ts'
import { openRegistry } from './open-registry.ts'

export interface KnownModels extends Pick<ModelList, 'items' | 'versions' | 'training'> {
  /** Why models were passed over. */
  readonly faults: readonly string[]
}

/** What the running service uses, else what the next start would. */
export async function readModels(context: CommandContext): Promise<KnownModels> {
  const loaded = loadConfig(configFileOf(context))
  const service = await findService(loaded)
  if (service !== undefined) return { ...(await service.get('/v1/models', modelListSchema)), faults: [] }
  const faults: string[] = []
  const { dataDir, models } = loaded.config
  const found = await loadModels({
    directory: join(dataDir, 'models'),
    backend: models.backend,
    log: collect(faults)
  })
  try {
    const current = { models: found.scoring, background: found.background, shadows: [] }
    const showModels = createShowModels({
      ...nothingCompared,
      shelf: { describe: () => found.describe(), current: () => current },
      registry: openRegistry(loaded.config)
    })
    return { ...modelListSchema.parse({ ...(await showModels()), nextCursor: null }), faults }
  } finally {
    found.close()
  }
}

/** What shadows have said is in the stores of a service. */
const nothingCompared = {
  comparisons: { of: () => undefined },
  windowFill: () => ({ messages: 0, senders: 0, filledShare: 0, isFilled: false }),
  senders: { verdict: () => undefined },
  underWay: () => null
}

function collect(faults: string[]): Logger {
  return {
    ...silentLogger,
    error: (_event, { name, code, ...others } = {}) => {
      const told = Object.entries(others).map(([fact, value]) => `${fact} ${String(value)}`)
      faults.push(`${String(name)}: ${String(code)} (${told.join(', ')})`)
    }
  }
}
