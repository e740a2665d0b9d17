import type { Candidate } from './candidate.ts'
import type { Turns } from './weighted-round-robin.ts'

/** The route with the fewest open jobs for its weight: a slow one is given less by itself. Between equals it is their turn that counts. */
export function pickLeastOutstanding<One extends Candidate>(
  candidates: readonly [One, ...One[]],
  turns: Turns
): One {
  const least = Math.min(...candidates.map(loadOf))
  const [first, ...others] = candidates.filter((one) => loadOf(one) === least)
  return first === undefined ? candidates[0] : turns.next([first, ...others])
}

function loadOf({ outstanding, weight }: Candidate): number {
  return outstanding / weight
}
