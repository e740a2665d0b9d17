/** Exponentially weighted mean and variance of several numbers at once (West 1979, weights decaying by message). */
export interface Moments {
  readonly weight: number
  readonly means: Float32Array
  readonly variances: Float32Array
}

export function emptyMoments(length: number): Moments {
  return { weight: 0, means: new Float32Array(length), variances: new Float32Array(length) }
}

/** The moments after one more message; values that are not finite are passed over. */
export function foldMoments(moments: Moments, values: readonly number[], keep: number): Moments {
  const weight = moments.weight * keep + 1
  const means = moments.means.slice()
  const variances = moments.variances.slice()
  for (let index = 0; index < means.length; index++) {
    const value = values[index]
    if (value === undefined || !Number.isFinite(value)) continue
    const difference = value - (means[index] ?? 0)
    const step = difference / weight
    means[index] = (means[index] ?? 0) + step
    variances[index] = (1 - 1 / weight) * ((variances[index] ?? 0) + difference * step)
  }
  return { weight, means, variances }
}
