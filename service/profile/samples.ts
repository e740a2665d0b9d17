import { largestIndexes } from './largest-indexes.ts'
import { appendedSize } from './recent.ts'

/** The heaviest character n-grams of the last few messages, so that a message may resemble one of several ways to write. */
export interface Samples {
  /** Length of each message's run. */
  readonly sizes: Uint8Array
  readonly ids: Uint16Array
  /** Share of the heaviest weight of its message, in 1/255. */
  readonly weights: Uint8Array
}

export const maxSampleGrams = 96

export const emptySamples: Samples = {
  sizes: new Uint8Array(0),
  ids: new Uint16Array(0),
  weights: new Uint8Array(0)
}

/** The samples after one more message. `ids` ascending, `amounts` beside them. */
export function foldSamples(
  samples: Samples,
  ids: readonly number[],
  amounts: ArrayLike<number>,
  maxSamples: number
): Samples {
  if (ids.length === 0) return samples
  const kept = largestIndexes(amounts, maxSampleGrams)
  let top = 0
  for (const index of kept) top = Math.max(top, amounts[index] ?? 0)
  const full = samples.sizes.length >= maxSamples
  const dropped = full ? (samples.sizes[0] ?? 0) : 0
  const runs = samples.ids.length - dropped
  const grown = {
    sizes: appendedSize(samples.sizes, kept.length, full ? 1 : 0),
    ids: new Uint16Array(runs + kept.length),
    weights: new Uint8Array(runs + kept.length)
  }
  grown.ids.set(samples.ids.subarray(dropped))
  grown.weights.set(samples.weights.subarray(dropped))
  for (let place = 0; place < kept.length; place++) {
    const index = kept[place] ?? 0
    grown.ids[runs + place] = ids[index] ?? 0
    grown.weights[runs + place] = Math.max(1, Math.round((255 * (amounts[index] ?? 0)) / top))
  }
  return grown
}

export interface Sample {
  readonly ids: Uint16Array
  readonly weights: Uint8Array
}

export function samplesOf(samples: Samples): readonly Sample[] {
  const runs: Sample[] = []
  let start = 0
  for (const size of samples.sizes) {
    runs.push({
      ids: samples.ids.subarray(start, start + size),
      weights: samples.weights.subarray(start, start + size)
    })
    start += size
  }
  return runs
}
