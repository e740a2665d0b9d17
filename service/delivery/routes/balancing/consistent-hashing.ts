import { createHash } from 'node:crypto'
import type { Candidate } from './candidate.ts'

/**
 * The route that a key always takes, as long as it is there: weighted rendezvous hashing (D. Thaler and C. Ravishankar, 1998; with
 * weights: C. Schindelhauer and G. Schomaker, 2005). When a route goes, only its own keys move, and to all others by weight.
 */
export function pickByHash<One extends Candidate>(
  [first, ...others]: readonly [One, ...One[]],
  key: string
): One {
  const scored = { one: first, score: scoreOf(first, key) }
  for (const one of others) {
    const score = scoreOf(one, key)
    if (score > scored.score) Object.assign(scored, { one, score })
  }
  return scored.one
}

function scoreOf({ name, weight }: Candidate, key: string): number {
  return -weight / Math.log(fractionOf(`${name}\0${key}`))
}

/** In (0, 1), evenly spread; the same for ever. */
function fractionOf(text: string): number {
  const digest = createHash('sha256').update(text).digest()
  return (digest.readUIntBE(0, 6) + 0.5) / 2 ** 48
}
