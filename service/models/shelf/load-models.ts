import type { Facts, Logger } from '../../telemetry/logger.ts'
import type { Background } from '../../features/background.ts'
import { emptyBackground } from '../../features/background.ts'
import { bundledOnly, readActiveVersions, type ActiveVersions } from './active-file.ts'
import { servingBackend, type BackendChoice, type BackendName } from '../tensor/backend-names.ts'
import { selectBackend } from '../tensor/backend.ts'
import { faultOf, loadModel, type Fault, type LoadedModel } from '../load-model.ts'
import type { Manifest } from '../manifest.ts'
import type { ModelName } from '../model-directory.ts'
import type { ModelEvent } from './model-event.ts'
import type { ScoringModels } from '../model-ports.ts'
import { candidatesOf, type Candidate } from './candidates.ts'

export interface LoadModelsOptions {
  /** `<dataDir>/models`; need not exist. */
  readonly directory: string
  readonly backend: BackendChoice
  readonly log: Logger
  /** Told of each model that was loaded or refused. */
  readonly onEvent?: (event: ModelEvent) => void
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
export interface ModelDescription extends Pick<
  Manifest,
  'name' | 'version' | 'createdAt' | 'featureDigest' | 'metrics'
> {
  readonly source: Candidate['source']
  readonly backend: BackendName
}

/**
 * Loads what the registry names, else what is bundled. Every file is proven by its checksum and every model by its feature digest;
 * one that fails is logged as `models.load_failed` and the next candidate is tried. Where all fail, the slot is null and the policy
 * `policy.withoutModels` decides. Never throws because of a model.
 */
export async function loadModels(options: LoadModelsOptions): Promise<LoadedModels> {
  const used = await openBackend(options.backend, options.log)
  const content = await firstUsable('content', await readActiveOrNone('content', options), options)
  const takeover = await firstUsable('takeover', await readActiveOrNone('takeover', options), options)
  const loaded = [content, takeover].filter((model) => model !== null)
  return {
    scoring: { content: content?.model ?? null, takeover: takeover?.model ?? null },
    background: takeover?.model.background ?? emptyBackground,
    describe: () => loaded.map(({ manifest, candidate }) => descriptionOf(manifest, candidate.source, used)),
    close: () => {
      for (const { model } of loaded) model.close()
    }
  }
}

/** Says which backend it is when it is not the one that was wanted. */
export async function openBackend(choice: BackendChoice, log: Pick<Logger, 'warn'>): Promise<BackendName> {
  const wanted = servingBackend(choice)
  const backend = await selectBackend(wanted)
  if (backend !== wanted) log.warn('models.backend_fell_back', { wanted, backend })
  return backend
}

export interface UsableModel<Name extends ModelName> extends LoadedModel<Name> {
  readonly candidate: Candidate
}

export type Told = Pick<LoadModelsOptions, 'directory' | 'log' | 'onEvent'>

/** The log and who else wants to know hear that a model, or `active.json`, cannot be used. */
export function tellRefused(name: ModelName, facts: Facts, error: unknown, { log, onEvent }: Told): Fault {
  const fault = faultOf(error)
  log.error('models.load_failed', { name, ...facts, ...fault })
  onEvent?.({ name, version: '', event: 'refused', facts: { ...facts, ...fault } })
  return fault
}

/** The log and who else wants to know hear that a model is in use. */
export function tellLoaded({ name, version }: Manifest, facts: Facts, { log, onEvent }: Told): void {
  log.info('models.loaded', { name, version, ...facts })
  onEvent?.({ name, version, event: 'loaded', facts })
}

/** What `active.json` says; a damaged one is told, and counts as none. */
export async function readActiveOrNone(name: ModelName, told: Told): Promise<ActiveVersions> {
  try {
    return await readActiveVersions(told.directory, name)
  } catch (error) {
    tellRefused(name, { file: 'active.json' }, error, told)
    return bundledOnly
  }
}

/** The first candidate that loads; what is wrong with those before it is told. */
export async function firstUsable<Name extends ModelName>(
  name: Name,
  active: ActiveVersions,
  told: Told
): Promise<UsableModel<Name> | null> {
  for (const candidate of candidatesOf(told.directory, name, active)) {
    try {
      const loaded = await loadModel(name, candidate.directory)
      tellLoaded(loaded.manifest, { source: candidate.source }, told)
      return { ...loaded, candidate }
    } catch (error) {
      tellRefused(name, { ...candidate }, error, told)
    }
  }
  return null
}

export function descriptionOf(
  { name, version, createdAt, featureDigest, metrics }: Manifest,
  source: Candidate['source'],
  backend: BackendName
): ModelDescription {
  return { name, version, source, backend, createdAt, featureDigest, metrics }
}
