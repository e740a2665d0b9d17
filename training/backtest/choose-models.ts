import { existsSync } from 'node:fs'
import path from 'node:path'
import { behaviourDigest, contentDigest } from '../../service/features/digest.ts'
import type { BackendName } from '../../service/models/tensor/backend.ts'
import { loadContentModel } from '../../service/models/network/content-model.ts'
import { loadModels, type LoadedModels } from '../../service/models/shelf/load-models.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { loadTakeoverModel } from '../../service/models/network/takeover-model.ts'
import type { Logger } from '../../service/telemetry/logger.ts'

export interface ChooseModelsOptions {
  /** What `sluice train --out` wrote, or `<dataDir>/models` of a service; null: what comes with this release. */
  readonly directory: string | null
  readonly backend: BackendName
  readonly log: Logger
}

export type ChosenModels = Pick<LoadedModels, 'scoring' | 'background' | 'close'>

/**
 * The models to test: those in the directory, else those in use there, else the bundled ones. A model that was named and cannot be used
 * is thrown as ModelError, unlike in the service: testing another one instead would mislead.
 */
export async function chooseModels({ directory, backend, log }: ChooseModelsOptions): Promise<ChosenModels> {
  const given = directory ?? ''
  const others = await loadModels({ directory: given, backend, log })
  const content = trainedIn(given, 'content')
    ? loadContentModel(await readModelDirectory(path.join(given, 'content'), 'content', contentDigest))
    : null
  const takeover = trainedIn(given, 'takeover')
    ? loadTakeoverModel(await readModelDirectory(path.join(given, 'takeover'), 'takeover', behaviourDigest))
    : null
  return {
    scoring: { content: content ?? others.scoring.content, takeover: takeover ?? others.scoring.takeover },
    background: takeover?.background ?? others.background,
    close: () => {
      content?.close()
      takeover?.close()
      others.close()
    }
  }
}

function trainedIn(directory: string, name: string): boolean {
  return directory !== '' && existsSync(path.join(directory, name, 'manifest.json'))
}
