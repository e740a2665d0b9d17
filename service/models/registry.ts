import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ModelName } from './model-directory.ts'

const version = z
  .string()
  .regex(/^[\w.-]{1,40}$/u)
  .nullable()

/** `<directory>/<name>/active.json`: which versions of a model are in use. Written by `promote` and `rollback`. */
export const activeSchema = z.strictObject({
  active: version,
  shadow: version.default(null),
  previous: version.default(null)
})

/** A place to look for a model, best first. */
export interface Candidate {
  readonly source: 'active' | 'previous' | 'bundled'
  readonly directory: string
}

const bundled = fileURLToPath(new URL('bundled/', import.meta.url))

/**
 * Where to look for a model: the installation's active version, the one before it, and the one that came with this release.
 * `<directory>/<name>/<version>/` holds the files. A damaged `active.json` is reported through `onFault` and skipped.
 */
export async function candidatesOf(
  directory: string,
  name: ModelName,
  onFault: (error: unknown) => void
): Promise<readonly Candidate[]> {
  const { active, previous } = await readActive(path.join(directory, name, 'active.json'), onFault)
  const candidates: Candidate[] = []
  if (active !== null) candidates.push({ source: 'active', directory: path.join(directory, name, active) })
  if (previous !== null)
    candidates.push({ source: 'previous', directory: path.join(directory, name, previous) })
  return [...candidates, { source: 'bundled', directory: path.join(bundled, name) }]
}

async function readActive(
  file: string,
  onFault: (error: unknown) => void
): Promise<z.infer<typeof activeSchema>> {
  const none = { active: null, shadow: null, previous: null }
  try {
    return activeSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isAbsent) onFault(error)
    return none
  }
}
