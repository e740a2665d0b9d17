import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { behaviourDigest, contentDigest } from '../../service/features/digest.ts'
import type { BackendChoice } from '../../service/models/tensor/backend-names.ts'
import { loadContentModel } from '../../service/models/network/content-model.ts'
import { loadModels, type LoadedModels } from '../../service/models/shelf/load-models.ts'
import { parseManifest } from '../../service/models/manifest.ts'
import { modelNames } from '../../service/models/load-model.ts'
import { readActiveVersions } from '../../service/models/shelf/active-file.ts'
import { versionDirectoryOf } from '../../service/models/shelf/candidates.ts'
import { readModelDirectory, type ModelName } from '../../service/models/model-directory.ts'
import { loadTakeoverModel } from '../../service/models/network/takeover-model.ts'
import type { Logger } from '../../service/telemetry/logger.ts'

export interface ChooseModelsOptions {
  /** What `sluice train --out` wrote, or `<dataDir>/models` of a service; null: what comes with this release. */
  readonly directory: string | null
  /** Those that score beside the ones in use there, for as many as have one. */
  readonly shadows?: boolean
  readonly backend: BackendChoice
  readonly log: Logger
}

export interface ChosenModels extends Pick<LoadedModels, 'scoring' | 'background' | 'close'> {
  /** Those that have learned from an installation's own mail, and from which: what they know by heart says nothing. */
  readonly learned: readonly LearnedSpan[]
}

export interface LearnedSpan {
  readonly name: ModelName
  /** Epoch ms of the first and the last message. */
  readonly from: number
  readonly to: number
}

/**
 * The models to test: those in the directory, else those in use there, else the bundled ones. A model that was named and cannot be used
 * is thrown as ModelError, unlike in the service: testing another one instead would mislead.
 */
export async function chooseModels(options: ChooseModelsOptions): Promise<ChosenModels> {
  const { directory, backend, log } = options
  const given = directory ?? ''
  const others = await loadModels({ directory: given, backend, log })
  const contentIn = await placeOf('content', options)
  const takeoverIn = await placeOf('takeover', options)
  const content =
    contentIn === null
      ? null
      : loadContentModel(await readModelDirectory(contentIn, 'content', contentDigest))
  const takeover =
    takeoverIn === null
      ? null
      : loadTakeoverModel(await readModelDirectory(takeoverIn, 'takeover', behaviourDigest))
  const scoring = {
    content: content ?? others.scoring.content,
    takeover: takeover ?? others.scoring.takeover
  }
  return {
    scoring,
    learned: [
      ...(await learnedBy('content', contentIn ?? placeInUse('content', given, scoring))),
      ...(await learnedBy('takeover', takeoverIn ?? placeInUse('takeover', given, scoring)))
    ],
    background: takeover?.background ?? others.background,
    close: () => {
      content?.close()
      takeover?.close()
      others.close()
    }
  }
}

/** null: what `loadModels` finds is meant. */
async function placeOf(
  name: ModelName,
  { directory, shadows = false }: ChooseModelsOptions
): Promise<string | null> {
  if (directory === null) return null
  const { shadow } = shadows ? await readActiveVersions(directory, name) : { shadow: null }
  if (shadow !== null) return versionDirectoryOf(directory, name, shadow)
  return trainedIn(directory, name) ? path.join(directory, name) : null
}

/** The versions that score beside those in use; empty: there is none. */
export async function shadowsIn(directory: string): Promise<readonly ModelName[]> {
  const found = await Promise.all(modelNames.map((name) => readActiveVersions(directory, name)))
  return modelNames.filter((_, index) => found[index]?.shadow != null)
}

function placeInUse(name: ModelName, directory: string, models: LoadedModels['scoring']): string {
  return directory === '' ? '' : versionDirectoryOf(directory, name, models[name]?.version ?? '')
}

/** The bundled models, which lie elsewhere, know no installation. */
async function learnedBy(name: ModelName, directory: string): Promise<readonly LearnedSpan[]> {
  const file = path.join(directory, 'manifest.json')
  if (directory === '' || !existsSync(file)) return []
  const { data } = parseManifest(await readFile(file, 'utf8'), directory)
  return data.flatMap(({ from, to }) =>
    from === undefined || to === undefined ? [] : [{ name, from: Date.parse(from), to: Date.parse(to) }]
  )
}

function trainedIn(directory: string, name: string): boolean {
  return directory !== '' && existsSync(path.join(directory, name, 'manifest.json'))
}
