export interface Seen {
  /** Decayed count of the value, and of all values. */
  readonly count: number
  readonly total: number
  readonly distinct: number
}

/**
 * −log2 of the probability of a value after what was seen, backing off to a prior as far as the source still shows new values
 * (Witten and Bell 1991, method C): [count + (T + 1) · prior] / [total + T + 1]. In bits, 0 to 30.
 */
export function surprisal({ count, total, distinct }: Seen, prior: number): number {
  const probability = (count + (distinct + 1) * prior) / (total + distinct + 1)
  return Math.min(maxBits, Math.max(0, -Math.log2(probability)))
}

const maxBits = 30

/** Trust in what was seen: 0 without any, half after one message. Keeps a first value from speaking of news. */
export function trust(total: number): number {
  return total / (total + 1)
}
