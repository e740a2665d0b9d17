import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ActiveVersions } from './active-file.ts'
import type { ModelName } from '../model-directory.ts'

/** A place to look for a model, best first. */
export interface Candidate {
  readonly source: 'active' | 'previous' | 'bundled' | 'shadow'
  readonly directory: string
}

const bundled = fileURLToPath(new URL('../bundled/', import.meta.url))

export function bundledDirectoryOf(name: ModelName): string {
  return path.join(bundled, name)
}

/** `<directory>/<name>/<version>/`; null: the one that came with this release. */
export function versionDirectoryOf(directory: string, name: ModelName, version: string | null): string {
  return version === null ? bundledDirectoryOf(name) : path.join(directory, name, version)
}

/** The installation's active version, the one before it, and the one that came with this release. */
export function candidatesOf(
  directory: string,
  name: ModelName,
  { active, previous }: Pick<ActiveVersions, 'active' | 'previous'>
): readonly Candidate[] {
  const own = { active, previous }
  const candidates = (['active', 'previous'] as const).flatMap((source): Candidate[] => {
    const version = own[source]
    return version === null ? [] : [{ source, directory: versionDirectoryOf(directory, name, version) }]
  })
  return [...candidates, { source: 'bundled', directory: bundledDirectoryOf(name) }]
}
