import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

export type Kernel = KernelFunc

/** What our kernels need of a backend: the cpu and the wasm backend both have it. */
interface ValueBackend {
  write(values: Float32Array, shape: readonly number[], dtype: 'float32'): object
  readSync(dataId: object): Float32Array | Int32Array
  /** Wasm only: the values where they lie, without a copy. Valid until the heap grows. */
  typedArrayFromHeap?(info: TensorInfo): Float32Array | Int32Array
}

/** The tensor's values, not copied where the backend allows. Read only. */
export function valuesOf(backend: unknown, info: TensorInfo): Float32Array | Int32Array {
  const owner = asValueBackend(backend)
  return owner.typedArrayFromHeap?.(info) ?? owner.readSync(info.dataId)
}

/** A new tensor of these values. */
export function toTensor(backend: unknown, values: Float32Array, shape: readonly number[]): TensorInfo {
  return {
    dataId: asValueBackend(backend).write(values, shape, 'float32'),
    shape: [...shape],
    dtype: 'float32'
  }
}

/** The input of that name; a kernel called without one is a bug. */
export function inputOf(inputs: Readonly<Record<string, TensorInfo | undefined>>, name: string): TensorInfo {
  const info = inputs[name]
  if (info === undefined) throw new TypeError(`kernel input ${name} is missing`)
  return info
}

function asValueBackend(backend: unknown): ValueBackend {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TensorFlow.js hands kernels their backend as `unknown`
  return backend as ValueBackend
}
