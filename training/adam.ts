/** Of Adam (Kingma and Ba, 2015), as TensorFlow has them. */
export const adamStep = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }

/** Of a rate that falls to zero along half a cosine: the last steps settle. `share`: of all steps, those that are done. */
export function cosineRate(first: number, share: number): number {
  return (first * (1 + Math.cos(Math.PI * share))) / 2
}
