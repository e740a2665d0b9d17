import type { Logger } from '../telemetry/logger.ts'
import type { Background } from '../features/background.ts'
import { emptyBackground } from '../features/background.ts'
import { behaviourDigest, contentDigest } from '../features/digest.ts'
import { selectBackend, type BackendName } from './backend.ts'
import { loadContentModel } from './content-model.ts'
import { loadTakeoverModel } from './takeover-model.ts'
import { readModelDirectory, type ModelFiles, type ModelName } from './model-directory.ts'
import { ModelError } from './model-error.ts'
import type { ScoringModels } from './model-ports.ts'
import { candidatesOf, type Candidate } from './registry.ts'

export interface LoadModelsOptions {
  /** `<dataDir>/models`; need not exist. */
  readonly directory: string
  readonly backend: BackendName
  readonly log: Logger
}

export interface LoadedModels {
  readonly scoring: ScoringModels
  /** What the installation's senders are compared with before they have habits of their own. */
  readonly background: Background
  describe(): readonly ModelDescription[]
  /** Frees the weights. No prediction may be waiting. */
  close(): void
}

/** What `GET /v1/models` and `sluice models list` say of a model in use. */
export interface ModelDescription {
  readonly name: ModelName
  readonly version: string
  readonly source: Candidate['source']
  readonly backend: BackendName
  readonly createdAt: string
  readonly featureDigest: string
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number | null>>>>
}

/**
 * Loads what the registry names, else what is bundled. Every file is proven by its checksum and every model by its feature digest;
 * one that fails is logged as `models.load_failed` and the next candidate is tried. Where all fail, the slot is null and the policy
 * `policy.withoutModels` decides. Never throws because of a model.
 */
export async function loadModels({
  directory,
  backend: wanted,
  log
}: LoadModelsOptions): Promise<LoadedModels> {
  const backend = await selectBackend(wanted)
  if (backend !== wanted) log.warn('models.backend_fell_back', { wanted, backend })
  const search = { directory, log }
  const content = await firstUsable({ ...search, name: 'content', digest: contentDigest }, loadContentModel)
  const takeover = await firstUsable(
    { ...search, name: 'takeover', digest: behaviourDigest },
    loadTakeoverModel
  )
  const loaded = [content, takeover].filter((model) => model !== null)
  return {
    scoring: { content: content?.model ?? null, takeover: takeover?.model ?? null },
    background: takeover?.model.background ?? emptyBackground,
    describe: () => loaded.map(({ files, candidate }) => descriptionOf(files, candidate, backend)),
    close: () => {
      for (const { model } of loaded) model.close()
    }
  }
}

interface Search {
  readonly name: ModelName
  readonly digest: string
  readonly directory: string
  readonly log: Logger
}

interface Usable<Model> {
  readonly model: Model
  readonly files: ModelFiles
  readonly candidate: Candidate
}

async function firstUsable<Model>(
  search: Search,
  load: (files: ModelFiles) => Model
): Promise<Usable<Model> | null> {
  const { name, digest, directory, log } = search
  const fault = (error: unknown, facts: object) =>
    log.error('models.load_failed', { name, ...facts, ...faultOf(error) })
  for (const candidate of await candidatesOf(directory, name, (error) =>
    fault(error, { file: 'active.json' })
  )) {
    try {
      const files = await readModelDirectory(candidate.directory, name, digest)
      const model = load(files)
      log.info('models.loaded', { name, version: files.manifest.version, source: candidate.source })
      return { model, files, candidate }
    } catch (error) {
      fault(error, candidate)
    }
  }
  return null
}

function faultOf(error: unknown): object {
  if (error instanceof ModelError) return { code: error.code, ...error.facts }
  return { code: 'UNEXPECTED', detail: String(error) }
}

function descriptionOf(
  { manifest }: ModelFiles,
  { source }: Candidate,
  backend: BackendName
): ModelDescription {
  const { name, version, createdAt, featureDigest, metrics } = manifest
  return { name, version, source, backend, createdAt, featureDigest, metrics }
}
