import { createRandom, shuffle } from '../../service/verdict/budget/seeded-random.ts'
import type { ContentExample } from './content-example.ts'

export interface LogisticOptions {
  readonly buckets: number
  readonly epochs: number
  readonly l2: number
  readonly seed: number
}

/**
 * The plain thing to beat: logistic regression on hashed binary tokens, each message scaled to length one, no structure, by AdaGrad.
 * Answers the raw logit of a message.
 */
export function fitLogistic(
  examples: readonly ContentExample[],
  weights: Float32Array,
  options: LogisticOptions
): (tokens: Uint32Array) => number {
  const { buckets, epochs, l2, seed } = options
  const table = new Float32Array(buckets)
  const squares = new Float32Array(buckets).fill(1e-6)
  const random = createRandom(seed)
  const order = examples.map((_, index) => index)
  let bias = 0
  let biasSquares = 1e-6
  const logit = (tokens: Uint32Array): number => {
    let sum = 0
    for (const token of tokens) sum += table[token] ?? 0
    return bias + sum / Math.sqrt(Math.max(1, tokens.length))
  }
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const index of shuffle(order, random)) {
      const example = examples[index]
      if (example === undefined) continue
      const { tokens, isBad } = example
      const error = (weights[index] ?? 0) * (1 / (1 + Math.exp(-logit(tokens))) - (isBad ? 1 : 0))
      const value = 1 / Math.sqrt(Math.max(1, tokens.length))
      for (const token of tokens) {
        const gradient = error * value + l2 * (table[token] ?? 0)
        squares[token] = (squares[token] ?? 0) + gradient * gradient
        table[token] = (table[token] ?? 0) - (0.5 * gradient) / Math.sqrt(squares[token] ?? 1)
      }
      biasSquares += error * error
      bias -= (0.5 * error) / Math.sqrt(biasSquares)
    }
  }
  return logit
}
