import { inputOf, toTensor, valuesOf, type Kernel } from './typed-values.ts'

/**
 * Scatter-add, the gradient of `gather`: the wasm backend lacks it, and no embedding could be trained there.
 * Out of range segments are dropped, as TensorFlow does.
 */
export const unsortedSegmentSum: Kernel = ({ inputs, backend, attrs }) => {
  const x = inputOf(inputs, 'x')
  const segmentIds = inputOf(inputs, 'segmentIds')
  const segments = Number(attrs?.['numSegments'])
  const values = valuesOf(backend, x)
  const ids = valuesOf(backend, segmentIds)
  const innerShape = x.shape.slice(segmentIds.shape.length)
  const inner = innerShape.reduce((product, size) => product * size, 1)
  const sums = new Float32Array(segments * inner)
  for (let i = 0; i < ids.length; i += 1) {
    const segment = ids[i] ?? -1
    if (segment < 0 || segment >= segments) continue
    for (let k = 0; k < inner; k += 1) {
      const at = segment * inner + k
      sums[at] = (sums[at] ?? 0) + (values[i * inner + k] ?? 0)
    }
  }
  return toTensor(backend, sums, [segments, ...innerShape])
}
