import type { DeliveryPool } from '../route.ts'
import type { Candidate } from './candidate.ts'
import { pickByHash } from './consistent-hashing.ts'
import { pickLeastOutstanding } from './least-outstanding.ts'
import { pickOfTwo } from './power-of-two.ts'
import { createTurns, type Turns } from './weighted-round-robin.ts'

/** Spreads the mail of one pool. */
export interface Balancer {
  /** One of at least one. `key`: what stays together under consistent hashing. */
  pick<One extends Candidate>(candidates: readonly [One, ...One[]], key: string): One
  /** The route was given a job. */
  took(name: string, weight: number): void
}

/** `random`: in [0, 1). */
export function createBalancer(algorithm: DeliveryPool['algorithm'], random: () => number): Balancer {
  const turns = createTurns()
  return { pick: (candidates, key) => pick(algorithm, candidates, { key, turns, random }), took: turns.took }
}

function pick<One extends Candidate>(
  algorithm: DeliveryPool['algorithm'],
  candidates: readonly [One, ...One[]],
  { key, turns, random }: { readonly key: string; readonly turns: Turns; readonly random: () => number }
): One {
  switch (algorithm) {
    case 'weighted-round-robin':
      return turns.next(candidates)
    case 'least-outstanding':
      return pickLeastOutstanding(candidates, turns)
    case 'power-of-two':
      return pickOfTwo(candidates, random)
    case 'consistent-hashing':
      return pickByHash(candidates, key)
  }
}
