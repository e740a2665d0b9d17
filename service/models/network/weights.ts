import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { ModelError } from '../model-error.ts'
import type { ModelFiles } from '../model-directory.ts'

const size = z.number().int().nonnegative()
const quantization = z.union([
  z.looseObject({ dtype: z.literal('float16'), original_dtype: z.literal('float32') }),
  z.looseObject({
    dtype: z.enum(['uint8', 'uint16']),
    original_dtype: z.literal('float32'),
    scale: z.number(),
    min: z.number()
  })
])
const weightSchema = z.looseObject({
  name: z.string(),
  shape: z.array(size),
  dtype: z.literal('float32'),
  quantization: quantization.optional()
})
const modelSchema = z.looseObject({
  format: z.literal('layers-model'),
  weightsManifest: z
    .array(z.looseObject({ paths: z.array(z.string()), weights: z.array(weightSchema) }))
    .length(1)
})

/** Weights on the current backend, by name. The holder disposes them. */
export interface Weights {
  /** Throws ModelError MODEL_SHAPE_DIFFERS unless the weight exists with this shape; null matches any size. */
  take(name: string, shape: readonly [number | null, number | null]): tf.Tensor2D
  takeVector(name: string, length: number | null): tf.Tensor1D
  /** A copy of a vector's values. */
  values(name: string, length: number): Float32Array
  dispose(): void
}

/** Reads `model.json` and `weights.bin` (TensorFlow.js layers format, quantised weights too). Throws ModelError. */
export function readWeights(files: ModelFiles): Weights {
  const named = decode(files)
  const take = (name: string, shape: readonly (number | null)[]): tf.Tensor => {
    const tensor = named[name]
    const fits =
      tensor?.shape.length === shape.length &&
      shape.every((want, i) => want === null || want === tensor.shape[i])
    if (tensor !== undefined && fits) return tensor
    throw new ModelError('MODEL_SHAPE_DIFFERS', {
      directory: files.directory,
      file: 'weights.bin',
      weight: name,
      want: shape.map((length) => length ?? 'any').join('x'),
      got: tensor?.shape.join('x') ?? 'nothing'
    })
  }
  return {
    take: (name, shape) => {
      const tensor = take(name, shape)
      return tf.reshape<tf.Rank.R2>(tensor, [tensor.shape[0] ?? 0, tensor.shape[1] ?? 0])
    },
    takeVector: (name, length) => {
      const tensor = take(name, [length])
      return tf.reshape<tf.Rank.R1>(tensor, [tensor.size])
    },
    values: (name, length) => Float32Array.from(take(name, [length]).dataSync()),
    dispose: () => tf.dispose(named)
  }
}

function decode(files: ModelFiles): tf.NamedTensorMap {
  try {
    const model = modelSchema.parse(JSON.parse(Buffer.from(files.read('model.json')).toString('utf8')))
    const bytes = Uint8Array.from(files.read('weights.bin'))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema above is the check
    const specs = (model.weightsManifest[0]?.weights ?? []) as tf.io.WeightsManifestEntry[]
    const named = tf.io.decodeWeights(bytes.buffer, specs)
    assertFinite(named, files.directory)
    return named
  } catch (error) {
    if (error instanceof ModelError) throw error
    const fault = firstLineOf(error)
    throw new ModelError(
      'MODEL_FILE_CORRUPT',
      { directory: files.directory, file: 'model.json or weights.bin', fault },
      error
    )
  }
}

/** What a schema says goes over many lines. */
function firstLineOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).split('\n')[0] ?? ''
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** One value that is no number makes every answer none, sooner or later. */
function assertFinite(named: tf.NamedTensorMap, directory: string): void {
  for (const [weight, tensor] of Object.entries(named)) {
    if (tensor.dataSync().every(Number.isFinite)) continue
    tf.dispose(named)
    throw new ModelError('MODEL_NOT_FINITE', { directory, file: 'weights.bin', weight })
  }
}
