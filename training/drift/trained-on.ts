import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseManifest } from '../../service/models/manifest.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import { bundledDirectoryOf } from '../../service/models/shelf/candidates.ts'
import type { TrainedOn } from './reference-weeks.ts'

/** What the manifests of versions on disk say of this installation's mail; `directory` is the registry's (`<dataDir>/models`). */
export function trainedOnIn(directory: string) {
  return async function trainedOn(name: ModelName, version: string): Promise<TrainedOn | null> {
    for (const place of [path.join(directory, name, version), bundledDirectoryOf(name)]) {
      const span = await spanIn(place, version)
      if (span !== undefined) return span
    }
    return null
  }
}

/** undefined: this is not where that version lies. A damaged one is the registry's to tell of. */
async function spanIn(directory: string, version: string): Promise<TrainedOn | null | undefined> {
  try {
    const manifest = parseManifest(await readFile(path.join(directory, 'manifest.json'), 'utf8'), directory)
    if (manifest.version !== version) return undefined
    const { from, to } =
      manifest.data.find(({ source, use }) => source === 'installation' && use === 'train') ?? {}
    return from === undefined || to === undefined ? null : { from: Date.parse(from), to: Date.parse(to) }
  } catch {
    return undefined
  }
}
