import type { Candidate } from './candidate.ts'

/** Whose turn it is, by weight. */
export interface Turns {
  next<One extends Candidate>(candidates: readonly [One, ...One[]]): One
  readonly took: (name: string, weight: number) => void
}

/**
 * Weighted round robin by strides (C. Waldspurger and W. Weihl, "Stride Scheduling", 1995): each job moves its route on by 1/weight, and
 * the route that is furthest behind is next. After any number of jobs each route is within one job per other route of its share.
 */
export function createTurns(): Turns {
  const passes = new Map<string, number>()
  /** Where the one that was served last stood: whoever was away joins there, and does not catch up. */
  let front = 0
  return { next, took }

  function next<One extends Candidate>([first, ...others]: readonly [One, ...One[]]): One {
    return others.reduce((best, one) => (isBefore(one, best) ? one : best), first)
  }

  /** Between equals the heavier one: it has more to do. */
  function isBefore(one: Candidate, other: Candidate): boolean {
    const difference = passOf(one) - passOf(other)
    return difference < 0 || (difference === 0 && one.weight > other.weight)
  }

  /** Behind the front by a whole stride at most: that far a route's own turn may lie back. */
  function passOf({ name, weight }: Candidate): number {
    return Math.max(passes.get(name) ?? front, front - 1 / weight)
  }

  function took(name: string, weight: number): void {
    const pass = passOf({ name, weight, outstanding: 0, latencyMs: null })
    front = Math.max(front, pass)
    passes.set(name, pass + 1 / weight)
  }
}
