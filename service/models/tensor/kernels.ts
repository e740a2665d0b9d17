import * as tf from '@tensorflow/tfjs-core'
import { hashedBag, hashedBagGradient } from '../network/hashed-bag.ts'
import { unsortedSegmentSum } from './unsorted-segment-sum.ts'
import type { Kernel } from './typed-values.ts'

const kernels: Readonly<Record<string, Kernel>> = {
  UnsortedSegmentSum: unsortedSegmentSum,
  HashedBag: hashedBag,
  HashedBagGradient: hashedBagGradient
}

/**
 * Adds our kernels to the backends that are there, once; a kernel that a backend brings itself is left alone: the native one registers its own
 * when it is loaded.
 */
export function registerKernels(): void {
  const backends = ['wasm', 'cpu', 'tensorflow'].filter((name) => tf.findBackendFactory(name) !== null)
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    for (const backendName of backends) {
      if (tf.getKernel(kernelName, backendName) === undefined)
        tf.registerKernel({ kernelName, backendName, kernelFunc })
    }
  }
  if (tf.getGradient('HashedBag') === undefined) tf.registerGradient(bagGradient)
}

const bagGradient: tf.GradConfig = {
  kernelName: 'HashedBag',
  inputsToSave: ['ids', 'table'],
  gradFunc: (dy, saved) => {
    const [ids, table] = saved
    if (ids === undefined || table === undefined || Array.isArray(dy))
      throw new TypeError('HashedBag saves two tensors')
    const attrs = { rows: table.shape[0] ?? 0 }
    return {
      table: () => tf.engine().runKernel('HashedBagGradient', { ids, dy }, attrs),
      ids: () => tf.zerosLike(ids)
    }
  }
}
