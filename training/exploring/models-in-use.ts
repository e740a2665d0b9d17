import { join } from 'node:path'
import { versionDirectoryOf } from '../../service/models/shelf/candidates.ts'
import { readActiveVersions } from '../../service/models/shelf/active-file.ts'
import { loadModel, type LoadedModel } from '../../service/models/load-model.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import type { ModelName } from '../../service/models/model-directory.ts'

/** The directory of the version in use: the installation's, or the one that came with the release. */
export async function directoryInUse(name: ModelName, dataDir = 'data'): Promise<string> {
  const models = join(dataDir, 'models')
  const { active } = await readActiveVersions(models, name)
  return versionDirectoryOf(models, name, active)
}

/** The version in use, loaded. Whoever opens it closes it: `model.close()`. */
export async function openModelInUse<Name extends ModelName>(
  name: Name,
  dataDir?: string
): Promise<LoadedModel<Name>> {
  await selectBackend('wasm')
  return await loadModel(name, await directoryInUse(name, dataDir))
}
