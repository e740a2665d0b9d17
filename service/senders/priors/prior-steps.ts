import { countedKinds, type CountedKind } from '../../profile/established.ts'
import type { CountTable } from './count-table.ts'

/** How the counts of one kind changed by one merge, or some of all that there are. */
export interface PriorStep {
  /** Of the counts after it. */
  readonly version: number
  readonly kind: CountedKind
  /** Keys that are named by no step of this version have a count of 0, whatever earlier steps say. */
  readonly isWhole: boolean
  readonly coverage: number
  readonly keys: Uint32Array
  /** Beside the keys. */
  readonly counts: Uint32Array
}

type Tables = Readonly<Record<CountedKind, CountTable>>

/** Everything that tables of these kinds count. */
export function* wholeSteps(
  all: Tables,
  kinds: readonly CountedKind[],
  version: number
): Generator<PriorStep> {
  for (const kind of kinds) {
    const coverage = all[kind].coverage()
    for (const { keys, counts } of all[kind].chunks()) {
      const used = Array.from(keys.keys()).filter((slot) => (counts[slot] ?? 0) > 0)
      yield {
        version,
        kind,
        isWhole: true,
        coverage,
        keys: Uint32Array.from(used, (slot) => keys[slot] ?? 0),
        counts: Uint32Array.from(used, (slot) => counts[slot] ?? 0)
      }
    }
  }
}

/** Notes what one merge changes; begun before it. */
export function watchMerge(all: Tables) {
  const clearings = byKind((kind) => all[kind].clearings())
  const touched = byKind(() => new Set<number>())
  return {
    touch: (kind: CountedKind, key: number) => void touched[kind].add(key),
    *steps(version: number): Generator<PriorStep> {
      for (const kind of countedKinds) {
        const table = all[kind]
        if (table.clearings() !== clearings[kind]) yield* wholeSteps(all, [kind], version)
        else if (touched[kind].size > 0) {
          const keys = Uint32Array.from(touched[kind])
          const counts = keys.map((key) => table.get(key))
          yield { version, kind, isWhole: false, coverage: table.coverage(), keys, counts }
        }
      }
    }
  }
}

export function byKind<T>(of: (kind: CountedKind) => T): Readonly<Record<CountedKind, T>> {
  return { links: of('links'), people: of('people'), values: of('values') }
}
