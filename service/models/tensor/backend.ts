import { createRequire } from 'node:module'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { BackendName } from './backend-names.ts'
import { registerKernels } from './kernels.ts'

const insteadOf: Readonly<Record<BackendName, readonly BackendName[]>> = {
  tensorflow: ['tensorflow', 'wasm', 'cpu'],
  wasm: ['wasm', 'cpu'],
  cpu: ['cpu']
}

/**
 * Makes TensorFlow.js ready in this thread and answers the backend in use: WebAssembly where the native library is not loaded, `cpu` (plain
 * JavaScript, slower, same numbers) where that can't start either. The WebAssembly path must be known before the backend is set.
 */
export async function selectBackend(wanted: BackendName): Promise<BackendName> {
  const home = path.dirname(
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  )
  setWasmPaths(path.join(home, 'wasm-out/'))
  // Else the cpu backend advertises tfjs-node on standard error.
  tf.enableProdMode()
  registerKernels()
  for (const name of insteadOf[wanted]) {
    if (name === 'tensorflow' && tf.findBackend(name) === null) continue
    if (!(await tf.setBackend(name))) continue
    await tf.ready()
    return name
  }
  throw new TypeError('the cpu backend of TensorFlow.js always starts')
}
