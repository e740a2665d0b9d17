import type { SenderCounts } from '../../service/features/installation.ts'
import type { StoredPriors } from '../../service/history/reader/replay-reader.ts'
import { countedKinds } from '../../service/profile/established.ts'
import { byKind } from '../../service/senders/priors/prior-steps.ts'

/** What the installation's senders showed at each version of its counts. Some 16 bytes for each count that a merge changed. */
export interface PriorTimeline {
  /** The counts that a message was judged by that names this version. */
  at(version: number): SenderCounts
  /** False: history does not reach back so far, and counts of that version are too low. */
  knows(version: number): boolean
}

/** `steps`: in order of their versions. */
export async function readPriorTimeline(steps: AsyncIterable<StoredPriors>): Promise<PriorTimeline> {
  const collected = byKind(() => new Collected())
  for await (const step of steps) {
    const kind = countedKinds.find((name) => name === step.kind)
    if (kind !== undefined) collected[kind].add(step)
  }
  const kinds = byKind((kind) => collected[kind].inOrder())
  return {
    at: (version) => ({
      count: (kind, key) => kinds[kind].count(key, version),
      coverage: (kind) => kinds[kind].coverage(version)
    }),
    knows: (version) => countedKinds.every((kind) => kinds[kind].knows(version))
  }
}

/** One kind's steps, as they come. */
class Collected {
  readonly #keys: number[] = []
  readonly #versions: number[] = []
  readonly #counts: number[] = []
  readonly #wholes: number[] = []
  readonly #coverages: { readonly version: number; readonly coverage: number }[] = []

  add({ version, whole, coverage, keys, counts }: StoredPriors): void {
    if (whole && this.#wholes.at(-1) !== version) this.#wholes.push(version)
    this.#coverages.push({ version, coverage })
    for (const [index, key] of keys.entries()) {
      this.#keys.push(key)
      this.#versions.push(version)
      this.#counts.push(counts[index] ?? 0)
    }
  }

  /** The same by key: the entries of one key stand together, in order of their versions. */
  inOrder(): KindTimeline {
    const places = new Map<number, { start: number; end: number }>()
    for (const key of this.#keys) {
      const place = places.get(key)
      if (place === undefined) places.set(key, { start: 1, end: 0 })
      else place.start += 1
    }
    let next = 0
    for (const place of places.values()) {
      const size = place.start
      place.start = next
      place.end = next
      next += size
    }
    const versions = new Float64Array(next)
    const counts = new Uint32Array(next)
    for (const [index, key] of this.#keys.entries()) {
      const place = places.get(key)
      if (place === undefined) continue
      versions[place.end] = this.#versions[index] ?? 0
      counts[place.end] = this.#counts[index] ?? 0
      place.end += 1
    }
    const wholes = this.#wholes
    const coverages = this.#coverages
    return {
      knows: (version) => (wholes[0] ?? Infinity) <= version,
      coverage: (version) =>
        coverages[lastUntil(coverages.length, (at) => coverages[at]?.version ?? 0, version)]?.coverage ?? 1,
      count(key, version) {
        const place = places.get(key)
        if (place === undefined) return 0
        const { start, end } = place
        const found = start + lastUntil(end - start, (at) => versions[start + at] ?? 0, version)
        if (found < start) return 0
        const whole = wholes[lastUntil(wholes.length, (at) => wholes[at] ?? 0, version)] ?? 0
        return (versions[found] ?? 0) < whole ? 0 : (counts[found] ?? 0)
      }
    }
  }
}

interface KindTimeline {
  readonly knows: (version: number) => boolean
  readonly coverage: (version: number) => number
  readonly count: (key: number, version: number) => number
}

/** Of ascending values, the place of the last that is not above `limit`; -1: all are. */
function lastUntil(length: number, valueAt: (place: number) => number, limit: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(middle) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
