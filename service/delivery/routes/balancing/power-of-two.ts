import type { Candidate } from './candidate.ts'

/**
 * Two routes by chance, heavier ones more often, and of these the one that will have it done sooner (M. Mitzenmacher, "The Power of Two
 * Choices in Randomized Load Balancing", 2001): latency times the jobs before this one. A route of unknown latency counts as fast, so that
 * it becomes known.
 */
export function pickOfTwo<One extends Candidate>(
  candidates: readonly [One, ...One[]],
  random: () => number
): One {
  const one = draw(candidates, random())
  const [first, ...rest] = candidates.filter((other) => other !== one)
  if (first === undefined) return one
  const other = draw([first, ...rest], random())
  return costOf(other) < costOf(one) ? other : one
}

function costOf({ latencyMs, outstanding }: Candidate): number {
  return (latencyMs ?? 0) * (outstanding + 1)
}

/** `at` in [0, 1) on the line of all weights. */
function draw<One extends Candidate>(candidates: readonly [One, ...One[]], at: number): One {
  let left = at * candidates.reduce((sum, { weight }) => sum + weight, 0)
  for (const one of candidates) {
    left -= one.weight
    if (left < 0) return one
  }
  return candidates.at(-1) ?? candidates[0]
}
