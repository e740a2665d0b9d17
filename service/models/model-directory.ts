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
  const manifest = await readManifest(directory)
  if (manifest.name !== name) {
    throw new ModelError('MODEL_MANIFEST_INVALID', {
      directory,
      file: 'manifest.json',
      fault: `name: ${manifest.name} instead of ${name}`
    })
  }
  if (manifest.featureDigest !== featureDigest) {
    throw new ModelError('MODEL_FEATURES_DIFFER', {
      directory,
      file: 'manifest.json',
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

/** What a model directory says of itself; its other files are not looked at. Throws ModelError. */
export async function readManifest(directory: string): Promise<Manifest> {
  const file = 'manifest.json'
  const { size } = await statOf(directory, file)
  if (size > maxManifestBytes)
    throw new ModelError('MODEL_MANIFEST_INVALID', { directory, file, fault: `holds ${size} bytes` })
  return parseManifest((await readFileOf(directory, file)).toString('utf8'), directory)
}

/** A hundred times what the largest takes. */
const maxManifestBytes = 4_194_304

/** Before it is read: what claims to be a model may be of any size. */
async function assertLength(directory: string, file: string, length: number): Promise<void> {
  const found = await statOf(directory, file)
  if (found.size === length && length <= maxFileBytes) return
  const want = length > maxFileBytes ? `at most ${maxFileBytes} bytes` : `${length} bytes`
  throw new ModelError('MODEL_FILE_CORRUPT', { directory, file, want, got: `${found.size} bytes` })
}

/** Two hundred times what the largest model here takes. */
const maxFileBytes = 268_435_456

async function statOf(directory: string, file: string): Promise<{ readonly size: number }> {
  try {
    return await stat(path.join(directory, file))
  } catch (error) {
    throw new ModelError('MODEL_MISSING', { directory, file }, error)
  }
}

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
