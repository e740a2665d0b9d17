import type { ActiveVersions } from './active-file.ts'
import { loadModel, type LoadedModel } from '../load-model.ts'
import { firstUsable, tellLoaded, tellRefused, type LoadModelsOptions } from './load-models.ts'
import type { ModelName } from '../model-directory.ts'
import { versionDirectoryOf } from './candidates.ts'
import { share, type Shared } from './reference-count.ts'

/** What could not be used when the registry was read again. */
export interface ReloadFault {
  readonly name: ModelName
  readonly role: 'active' | 'shadow'
  readonly code: string
  readonly facts: Readonly<Record<string, string>>
}

/** A model in its place, held by each set that it is part of. */
export type Slot<Name extends ModelName> = Shared<Placed<Name>> | null

export interface Placed<Name extends ModelName> extends LoadedModel<Name> {
  readonly directory: string
}

/** The models in use and their shadows. */
export interface Slots {
  readonly content: Slot<'content'>
  readonly takeover: Slot<'takeover'>
  readonly contentShadow: Slot<'content'>
  readonly takeoverShadow: Slot<'takeover'>
}

export const slotNames = ['content', 'takeover', 'contentShadow', 'takeoverShadow'] as const

export type Versions = Readonly<Record<ModelName, ActiveVersions>>

export interface LoadSlotsOptions extends LoadModelsOptions {
  /** Load shadow versions. */
  readonly shadows: boolean
}

/** Fills the slots by what the registry names; a model that stays is the very same one. */
export function createLoading(options: LoadSlotsOptions) {
  const { directory, shadows } = options
  return { first, next }

  async function first(versions: Versions): Promise<Slots> {
    const open = async <Name extends ModelName>(name: Name): Promise<Slot<Name>> => {
      const found = await firstUsable(name, versions[name], options)
      return found === null ? null : shared({ ...found, directory: found.candidate.directory })
    }
    const used = { content: await open('content'), takeover: await open('takeover') }
    return withShadows({ ...used, contentShadow: null, takeoverShadow: null }, versions, [])
  }

  async function next(slots: Slots, versions: Versions, faults: ReloadFault[]): Promise<Slots> {
    const exchange = <Name extends ModelName>(name: Name, slot: Slot<Name>): Promise<Slot<Name>> =>
      loadInto({ name, role: 'active', version: versions[name].active }, slot, slot, faults)
    const used = {
      content: await exchange('content', slots.content),
      takeover: await exchange('takeover', slots.takeover)
    }
    return withShadows({ ...slots, ...used }, versions, faults)
  }

  async function withShadows(slots: Slots, versions: Versions, faults: ReloadFault[]): Promise<Slots> {
    const beside = async <Name extends ModelName>(name: Name, slot: Slot<Name>): Promise<Slot<Name>> => {
      const { shadow, active } = versions[name]
      if (!shadows || shadow === null || shadow === active) return null
      return loadInto({ name, role: 'shadow', version: shadow }, slot, null, faults)
    }
    return {
      ...slots,
      contentShadow: await beside('content', slots.contentShadow),
      takeoverShadow: await beside('takeover', slots.takeoverShadow)
    }
  }

  /** `slot` if it is that very model; `otherwise` if it does not load. */
  async function loadInto<Name extends ModelName>(
    { name, role, version }: Wanted<Name>,
    slot: Slot<Name>,
    otherwise: Slot<Name>,
    faults: ReloadFault[]
  ): Promise<Slot<Name>> {
    const place = versionDirectoryOf(directory, name, version)
    if (slot?.value.directory === place) return slot
    try {
      const loaded = await loadModel(name, place)
      tellLoaded(loaded.manifest, { directory: place }, options)
      return shared({ ...loaded, directory: place })
    } catch (error) {
      const { code, ...facts } = tellRefused(name, { directory: place }, error, options)
      faults.push({ name, role, code, facts })
      return otherwise
    }
  }
}

interface Wanted<Name extends ModelName> extends Pick<ReloadFault, 'role'> {
  readonly name: Name
  /** null: the one that came with this release. */
  readonly version: string | null
}

/** Held by nobody yet: the sets do. */
function shared<Name extends ModelName>(placed: Placed<Name>): Shared<Placed<Name>> {
  return share(placed, () => placed.model.close(), 0)
}
