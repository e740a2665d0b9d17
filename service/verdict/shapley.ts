import { createRandom, shuffle } from './budget/seeded-random.ts'

/** The coalitions whose value has to be known, and the orders in which the players join them. Players are bits, from the lowest. */
export interface ShapleyPlan {
  readonly players: number
  /** Every distinct coalition on any of the orders, the empty and the full one among them. */
  readonly coalitions: readonly number[]
  readonly orders: readonly (readonly number[])[]
}

/**
 * Sampled permutations, each with its reverse: antithetic pairs halve the variance of the Shapley estimate (Mitchell et al., "Sampling
 * Permutations for Shapley Value Estimation", JMLR 2022). The same seed gives the same plan, so equal messages get equal reasons.
 */
export function planShapley(players: number, pairs: number, seed: number): ShapleyPlan {
  const random = createRandom(seed)
  const forward = Array.from({ length: pairs }, () =>
    shuffle(
      Array.from({ length: players }, (_, player) => player),
      random
    )
  )
  const orders = forward.flatMap((order) => [order, order.toReversed()])
  const coalitions = [...new Set(orders.flatMap((order) => prefixes(order)))]
  return { players, coalitions, orders }
}

/**
 * Each player's mean marginal value over the orders. Whatever the sample, they sum to value(all) - value(none): the marginals of one
 * order telescope.
 */
export function shapleyValues(plan: ShapleyPlan, value: (coalition: number) => number): readonly number[] {
  const sums = Array.from({ length: plan.players }, () => 0)
  for (const order of plan.orders) {
    let coalition = 0
    let before = value(coalition)
    for (const player of order) {
      coalition |= 1 << player
      const after = value(coalition)
      sums[player] = (sums[player] ?? 0) + (after - before)
      before = after
    }
  }
  return sums.map((sum) => sum / plan.orders.length)
}

function prefixes(order: readonly number[]): readonly number[] {
  const found = [0]
  for (const player of order) found.push((found.at(-1) ?? 0) | (1 << player))
  return found
}
