import { decayed } from './decay.ts'
import { largestIndexes } from './largest-indexes.ts'

/** Decaying counts of many hashed things (people, domains): like a habit, packed into numbers. */
export interface Tally {
  /** Decayed number of sightings, as of message `at`. */
  readonly weight: number
  readonly at: number
  readonly keys: Uint32Array
  readonly weights: Float32Array
  readonly last: Uint32Array
}

export const emptyTally: Tally = {
  weight: 0,
  at: 0,
  keys: new Uint32Array(0),
  weights: new Float32Array(0),
  last: new Uint32Array(0)
}

export interface TallyLimits {
  readonly halfLife: number
  readonly maxKeys: number
}

/** The tally after message number `at`, which showed `keys` (each counts once, however often it stands there). */
export function foldTally(tally: Tally, keys: readonly number[], at: number, limits: TallyLimits): Tally {
  if (keys.length === 0) return tally
  const distinct = [...new Set(keys)]
  const fresh = distinct.filter((key) => !tally.keys.includes(key))
  const size = tally.keys.length
  const grown = {
    weight: decayed(tally.weight, at - tally.at, limits.halfLife) + distinct.length,
    at,
    keys: extended(tally.keys, new Uint32Array(size + fresh.length)),
    weights: extended(tally.weights, new Float32Array(size + fresh.length)),
    last: extended(tally.last, new Uint32Array(size + fresh.length))
  }
  grown.keys.set(fresh, size)
  for (const key of distinct) touch(grown, grown.keys.indexOf(key), at, limits.halfLife)
  return grown.keys.length > limits.maxKeys ? pruned(grown, limits) : grown
}

export interface TallyReading {
  readonly count: number
  readonly known: boolean
}

/** What the tally says of a key just before message number `at`. */
export function readTally(tally: Tally, key: number, at: number, halfLife: number): TallyReading {
  const index = tally.keys.indexOf(key)
  if (index < 0) return { count: 0, known: false }
  return { count: decayed(tally.weights[index] ?? 0, at - (tally.last[index] ?? at), halfLife), known: true }
}

export function tallyTotal(tally: Tally, at: number, halfLife: number): number {
  return decayed(tally.weight, at - tally.at, halfLife)
}

function extended<A extends Uint32Array | Float32Array>(from: A, into: A): A {
  into.set(from)
  return into
}

function touch(tally: Tally, index: number, at: number, halfLife: number): void {
  const before = tally.weights[index] ?? 0
  tally.weights[index] = decayed(before, at - (tally.last[index] ?? at), halfLife) + 1
  tally.last[index] = at
}

/** Keeps the heaviest three quarters of the bound, so that pruning is rare. */
function pruned(tally: Tally, { halfLife, maxKeys }: TallyLimits): Tally {
  const now = tally.weights.map((weight, index) =>
    decayed(weight, tally.at - (tally.last[index] ?? 0), halfLife)
  )
  const kept = largestIndexes(now, maxKeys - (maxKeys >> 2))
  return {
    ...tally,
    keys: Uint32Array.from(kept, (index) => tally.keys[index] ?? 0),
    weights: Float32Array.from(kept, (index) => tally.weights[index] ?? 0),
    last: Uint32Array.from(kept, (index) => tally.last[index] ?? 0)
  }
}
