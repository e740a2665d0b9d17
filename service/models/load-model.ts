import { behaviourDigest, contentDigest } from '../features/digest.ts'
import type { Background } from '../features/background.ts'
import { loadContentModel } from './network/content-model.ts'
import { readModelDirectory, type ModelFiles, type ModelName } from './model-directory.ts'
import { ModelError } from './model-error.ts'
import type { ContentModel, TakeoverModel } from './model-ports.ts'
import type { Manifest } from './manifest.ts'
import { loadTakeoverModel } from './network/takeover-model.ts'

interface Closing {
  /** Frees the weights. No prediction may be waiting. */
  close(): void
}

export interface ModelOf {
  readonly content: ContentModel & Closing
  readonly takeover: TakeoverModel & Closing & { readonly background: Background }
}

export interface LoadedModel<Name extends ModelName> {
  readonly model: ModelOf[Name]
  readonly manifest: Manifest
}

interface Kind<Model> {
  /** Of the features that this version extracts. */
  readonly digest: string
  readonly load: (files: ModelFiles) => Model
  /** What it says of an input that says nothing. */
  readonly speak: (model: Model) => Promise<readonly number[]>
}

const kinds: { readonly [Name in ModelName]: Kind<ModelOf[Name]> } = {
  content: {
    digest: contentDigest,
    load: loadContentModel,
    speak: (model) => model.predict(model.neutral === undefined ? [] : [model.neutral])
  },
  takeover: {
    digest: behaviourDigest,
    load: loadTakeoverModel,
    speak: (model) => model.predict([model.neutralRow])
  }
}

export const modelNames = ['content', 'takeover'] as const satisfies readonly ModelName[]

/** What the features of this version digest to: a model of another one is refused. */
export function featureDigestOf(name: ModelName): string {
  return kinds[name].digest
}

/**
 * The model in a directory, on the current backend: every file proven by its checksum, every weight a number, meant for the features of this
 * version, and asked once. Throws ModelError, which names the directory and the file.
 */
export async function loadModel<Name extends ModelName>(
  name: Name,
  directory: string
): Promise<LoadedModel<Name>> {
  const { digest, load, speak } = kinds[name]
  const files = await readModelDirectory(directory, name, digest)
  const model = load(files)
  const said = await speak(model)
  if (said.every(Number.isFinite)) return { model, manifest: files.manifest }
  model.close()
  throw new ModelError('MODEL_NOT_FINITE', { directory, file: 'weights.bin' })
}

/** Why a model is not used: a code of ModelError, its facts, and what can be done. */
export interface Fault {
  readonly code: string
  readonly [fact: string]: string
}

export function faultOf(error: unknown): Fault {
  if (error instanceof ModelError) return { code: error.code, ...error.facts, remedy: error.remedy }
  return { code: 'UNEXPECTED', detail: String(error) }
}
