import { join } from 'node:path'
import type { Config } from '../../config/config-schema.ts'
import { createModelRegistry, type ModelRegistry } from '../../models/shelf/model-registry.ts'
import { replaceFile } from '../../storage/durable-file.ts'

/** The versions in the data directory: what reads or adds files needs no service. */
export function openRegistry({ dataDir }: Pick<Config, 'dataDir'>): ModelRegistry {
  return createModelRegistry({ directory: join(dataDir, 'models'), replaceFile })
}
