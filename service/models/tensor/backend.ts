import { createRequire } from 'node:module'
import path from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { registerKernels } from './kernels.ts'

export const backendNames = ['wasm', 'cpu'] as const
export type BackendName = (typeof backendNames)[number]

/**
 * Makes TensorFlow.js ready in this thread and answers the backend in use: `cpu` (plain JavaScript, slower, same numbers) where the
 * WebAssembly one can't start. The WebAssembly path must be known before the backend is set.
 */
export async function selectBackend(wanted: BackendName): Promise<BackendName> {
  // tfjs-node calls it; gone from Node 23 on, a deprecation warning on 22.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  const home = path.dirname(
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  )
  setWasmPaths(path.join(home, 'wasm-out/'))
  // Else the cpu backend advertises tfjs-node on standard error.
  tf.enableProdMode()
  registerKernels()
  const chosen = wanted === 'wasm' && (await tf.setBackend('wasm')) ? 'wasm' : 'cpu'
  if (chosen === 'cpu') await tf.setBackend('cpu')
  await tf.ready()
  return chosen
}
