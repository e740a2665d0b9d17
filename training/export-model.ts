import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { manifestSchema, type Manifest } from '../service/models/manifest.ts'
import { backendInUse } from './accelerator/backend-in-use.ts'
import { quantise } from './quantise.ts'

export interface ExportOptions {
  readonly directory: string
  readonly model: LayersModel
  /** Weights stored in 8 bits, by name; the others stay 32-bit floats. */
  readonly eightBit: readonly string[]
  readonly manifest: Omit<Manifest, 'format' | 'tfjs' | 'backend' | 'files'>
  /** Further files of the model: the card, curves, the background. */
  readonly files: Readonly<Record<string, Uint8Array | string>>
}

/** Writes a model directory as service/models reads it; the manifest comes last and vouches for every other file. */
export async function exportModel({
  directory,
  model,
  eightBit,
  manifest,
  files
}: ExportOptions): Promise<Manifest> {
  const network = await encodeModel(model, eightBit)
  const all: Record<string, Uint8Array> = {}
  for (const [name, content] of Object.entries({ ...files, ...network }))
    all[name] = typeof content === 'string' ? Buffer.from(content) : content
  await mkdir(directory, { recursive: true })
  const vouched: Record<string, { sha256: string; bytes: number }> = {}
  for (const [name, bytes] of Object.entries(all)) {
    await writeFile(path.join(directory, name), bytes)
    vouched[name] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength }
  }
  const origin = { format: 1, tfjs: tf.version_core, backend: backendInUse() }
  const whole = manifestSchema.parse({ ...origin, ...manifest, files: vouched })
  await writeFile(path.join(directory, 'manifest.json'), `${JSON.stringify(whole, null, 2)}\n`)
  return whole
}

/** `model.json` and `weights.bin` in the TensorFlow.js layers format: `tf.loadLayersModel` reads them, with the layers of layers.ts. */
async function encodeModel(
  model: LayersModel,
  eightBit: readonly string[]
): Promise<Record<string, Uint8Array | string>> {
  const parts: Uint8Array[] = []
  const weights: object[] = []
  for (const weight of model.weights) {
    const values = await weight.read().data()
    const stored = eightBit.includes(weight.originalName) ? quantise(Float32Array.from(values)) : null
    parts.push(stored?.bytes ?? new Uint8Array(Float32Array.from(values).buffer))
    const quantization =
      stored === null
        ? {}
        : { quantization: { dtype: 'uint8', original_dtype: 'float32', ...stored.scaling } }
    weights.push({ name: weight.originalName, shape: weight.shape, dtype: 'float32', ...quantization })
  }
  const topology: unknown = model.toJSON(null, false)
  const json = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version_core}`,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights }]
  }
  return { 'model.json': JSON.stringify(json), 'weights.bin': Buffer.concat(parts) }
}
