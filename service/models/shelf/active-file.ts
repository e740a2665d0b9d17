import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { ModelName } from '../model-directory.ts'
import { ModelError } from '../model-error.ts'

export const versionPattern = /^\w[\w.-]{0,39}$/u
const version = z.string().regex(versionPattern).nullable()

/** `<directory>/<name>/active.json`: which versions of a model are in use. */
const activeSchema = z.strictObject({
  /** null: the one that came with this release. */
  active: version,
  /** Scores beside the active one, without a say. */
  shadow: version.default(null),
  /** What a rollback returns to. */
  previous: version.default(null)
})

export type ActiveVersions = Readonly<z.infer<typeof activeSchema>>

/** Of an installation that has promoted nothing yet. */
export const bundledOnly: ActiveVersions = { active: null, shadow: null, previous: null }

export function activeFileOf(directory: string, name: ModelName): string {
  return path.join(directory, name, 'active.json')
}

/** Without the file the bundled model is in use. Throws ModelError MODEL_ACTIVE_INVALID. */
export async function readActiveVersions(directory: string, name: ModelName): Promise<ActiveVersions> {
  try {
    return activeSchema.parse(JSON.parse(await readFile(activeFileOf(directory, name), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return bundledOnly
    const facts = { directory: path.join(directory, name), file: 'active.json', fault: whyOf(error) }
    throw new ModelError('MODEL_ACTIVE_INVALID', facts, error)
  }
}

function whyOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; ')
  return error instanceof Error ? error.message : String(error)
}
