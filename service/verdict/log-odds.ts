/** Log-odds of a probability, kept finite: probabilities are clipped to [1e-9, 1 - 1e-9]. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, probability))
  return Math.log(p / (1 - p))
}
