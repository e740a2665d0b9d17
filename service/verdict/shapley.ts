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
  const next = randomFrom(seed)
  const forward = Array.from({ length: pairs }, () => shuffled(players, next))
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

/** Fisher-Yates. */
function shuffled(length: number, next: () => number): readonly number[] {
  const order = Array.from({ length }, (_, index) => index)
  for (let last = length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1))
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}

/** mulberry32: a small seeded generator, good enough to shuffle a dozen groups. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
