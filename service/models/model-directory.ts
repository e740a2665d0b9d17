import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseManifest, type Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'

export type ModelName = Manifest['name']

/** A model's files, read whole and proven against the manifest. */
export interface ModelFiles {
  readonly directory: string
  readonly manifest: Manifest
  read(file: string): Uint8Array
}

/** Reads `manifest.json` and every file that it names. Throws ModelError; what it gives back is whole and meant for these features. */
export async function readModelDirectory(
  directory: string,
  name: ModelName,
  featureDigest: string
): Promise<ModelFiles> {
  const manifest = parseManifest((await readFileOf(directory, 'manifest.json')).toString('utf8'), directory)
  if (manifest.name !== name) {
    throw new ModelError('MODEL_MANIFEST_INVALID', {
      directory,
      fault: `name: ${manifest.name} instead of ${name}`
    })
  }
  if (manifest.featureDigest !== featureDigest) {
    throw new ModelError('MODEL_FEATURES_DIFFER', {
      directory,
      want: featureDigest,
      got: manifest.featureDigest
    })
  }
  const files = new Map<string, Uint8Array>()
  for (const [file, { sha256, bytes: length }] of Object.entries(manifest.files)) {
    await assertLength(directory, file, length)
    const bytes = await readFileOf(directory, file)
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found !== sha256)
      throw new ModelError('MODEL_FILE_CORRUPT', { directory, file, want: sha256, got: found })
    files.set(file, bytes)
  }
  return { directory, manifest, read: (file) => files.get(file) ?? missing(directory, file) }
}

/** Before it is read: what claims to be a model may be of any size. */
async function assertLength(directory: string, file: string, length: number): Promise<void> {
  const found = await stat(path.join(directory, file)).catch((error: unknown) => {
    throw new ModelError('MODEL_MISSING', { directory, file }, error)
  })
  if (found.size === length && length <= maxFileBytes) return
  const want = length > maxFileBytes ? `at most ${maxFileBytes} bytes` : `${length} bytes`
  throw new ModelError('MODEL_FILE_CORRUPT', { directory, file, want, got: `${found.size} bytes` })
}

/** Two hundred times what the largest model here takes. */
const maxFileBytes = 268_435_456

async function readFileOf(directory: string, file: string): Promise<Buffer> {
  try {
    return await readFile(path.join(directory, file))
  } catch (error) {
    throw new ModelError('MODEL_MISSING', { directory, file }, error)
  }
}

function missing(directory: string, file: string): never {
  throw new ModelError('MODEL_MISSING', { directory, file })
}
