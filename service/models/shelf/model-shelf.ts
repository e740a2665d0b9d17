import { emptyBackground } from '../../features/background.ts'
import type { Facts } from '../../telemetry/logger.ts'
import { activeFileOf, readActiveVersions, type ActiveVersions } from './active-file.ts'
import { modelNames } from '../load-model.ts'
import {
  descriptionOf,
  openBackend,
  readActiveOrNone,
  tellRefused,
  type ModelDescription
} from './load-models.ts'
import type { ModelName } from '../model-directory.ts'
import type { BorrowedModels, JudgingModels, ModelsInUse, ShadowModels } from '../model-ports.ts'
import {
  createLoading,
  slotNames,
  type LoadSlotsOptions,
  type ReloadFault,
  type Slots,
  type Versions
} from './model-slots.ts'
import { candidatesOf } from './candidates.ts'
import { share, type Shared } from './reference-count.ts'
import { watchFiles } from './watch-files.ts'

export interface ModelShelfOptions extends LoadSlotsOptions {
  /** Take what `active.json` names when somebody else changed it. */
  readonly autoReload: boolean
  readonly pollMs?: number
}

/** The models in use, exchanged without a message being lost: one that has begun keeps its set, which is closed when the last has left. */
export interface ModelShelf extends ModelsInUse {
  current(): JudgingModels
  describe(): readonly ModelDescription[]
  /** What `active.json` said when it was last read. */
  versions(name: ModelName): ActiveVersions
  /**
   * Takes what `active.json` names now. What does not load is reported as `models.load_failed`, and what was in use stays. Gives the faults.
   */
  reload(): Promise<readonly ReloadFault[]>
  close(): Promise<void>
}

const defaultPollMs = 2_000

/** Opens what the registry names, with the fallbacks of `loadModels`. */
export async function openModelShelf(options: ModelShelfOptions): Promise<ModelShelf> {
  const { directory, log, autoReload, pollMs = defaultPollMs } = options
  const backend = await openBackend(options.backend, log)
  const loading = createLoading(options)
  let versions: Versions = {
    content: await readActiveOrNone('content', options),
    takeover: await readActiveOrNone('takeover', options)
  }
  let slots = await loading.first(versions)
  let set = share(toSet(slots), holdAll(slots))
  let reloading: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const files = modelNames.map((name) => activeFileOf(directory, name))
  const watch = autoReload ? watchFiles(files, pollMs, () => void reload()) : null
  return {
    take: () => borrow(set),
    current: () => set.value,
    describe,
    versions: (name) => versions[name],
    reload,
    close
  }

  function reload(): Promise<readonly ReloadFault[]> {
    const next = reloading.then(reloadNow)
    reloading = next.catch((error: unknown) => log.error('models.reload_failed', { error: String(error) }))
    return next
  }

  async function reloadNow(): Promise<readonly ReloadFault[]> {
    if (isClosed) return []
    const faults: ReloadFault[] = []
    versions = await readAll(versions, options, faults)
    const next = await loading.next(slots, versions, faults)
    if (slotNames.every((name) => next[name] === slots[name])) return faults
    const last = set
    slots = next
    set = share(toSet(next), holdAll(next))
    last.release()
    log.info('models.exchanged', namesOf(set.value))
    return faults
  }

  function describe(): readonly ModelDescription[] {
    return modelNames.flatMap((name) => {
      const placed = slots[name]?.value
      if (placed === undefined) return []
      return [descriptionOf(placed.manifest, sourceOf(placed.directory, name), backend)]
    })
  }

  function sourceOf(place: string, name: ModelName): ModelDescription['source'] {
    const known = candidatesOf(directory, name, versions[name])
    return known.find((candidate) => candidate.directory === place)?.source ?? 'previous'
  }

  async function close(): Promise<void> {
    isClosed = true
    watch?.close()
    await reloading
    set.release()
  }
}

/** What cannot be read stays as it was. */
async function readAll(
  known: Versions,
  options: ModelShelfOptions,
  faults: ReloadFault[]
): Promise<Versions> {
  const read = async (name: ModelName): Promise<ActiveVersions> => {
    try {
      return await readActiveVersions(options.directory, name)
    } catch (error) {
      const { code, ...facts } = tellRefused(name, { file: 'active.json' }, error, options)
      faults.push({ name, role: 'active', code, facts: { file: 'active.json', ...facts } })
      return known[name]
    }
  }
  return { content: await read('content'), takeover: await read('takeover') }
}

/** A set holds its models, and lets them go when nobody has it any more. */
function holdAll(slots: Slots): () => void {
  const held = slotNames.flatMap((name) => slots[name] ?? [])
  for (const slot of held) slot.hold()
  return () => {
    for (const slot of held) slot.release()
  }
}

function toSet({ content, takeover, contentShadow, takeoverShadow }: Slots): JudgingModels {
  const models = { content: content?.value.model ?? null, takeover: takeover?.value.model ?? null }
  const background = takeover?.value.model.background ?? emptyBackground
  const shadows: ShadowModels[] = []
  if (contentShadow !== null) {
    const { model, manifest } = contentShadow.value
    shadows.push({
      name: 'content',
      version: manifest.version,
      models: { ...models, content: model },
      background
    })
  }
  if (takeoverShadow !== null) {
    const { model, manifest } = takeoverShadow.value
    const exchanged = { models: { ...models, takeover: model }, background: model.background }
    shadows.push({ name: 'takeover', version: manifest.version, ...exchanged })
  }
  return { models, background, shadows }
}

function namesOf({ models, shadows }: JudgingModels): Facts {
  return {
    content: models.content?.version ?? null,
    takeover: models.takeover?.version ?? null,
    shadows: shadows.map(({ name, version }) => `${name} ${version}`)
  }
}

function borrow(set: Shared<JudgingModels>): BorrowedModels {
  set.hold()
  let isOut = true
  return {
    set: set.value,
    release() {
      if (isOut) set.release()
      isOut = false
    },
    again: () => borrow(set)
  }
}
