import * as tf from '@tensorflow/tfjs-core'
import { hashedBag, hashedBagGradient } from '../network/hashed-bag.ts'
import { unsortedSegmentSum } from './unsorted-segment-sum.ts'
import type { Kernel } from './typed-values.ts'

const kernels: Readonly<Record<string, Kernel>> = {
  UnsortedSegmentSum: unsortedSegmentSum,
  HashedBag: hashedBag,
  HashedBagGradient: hashedBagGradient
}

/** Adds our kernels to the wasm and cpu backends, once; a kernel that a backend brings itself is left alone. */
export function registerKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    for (const backendName of ['wasm', 'cpu']) {
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
