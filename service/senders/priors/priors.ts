import { countedKinds, eachChange, type CountedKind } from '../../profile/established.ts'
import type { Profile } from '../../profile/profile.ts'
import type { Table } from '../../storage/storage.ts'
import { byKind, watchMerge, wholeSteps, type PriorStep } from './prior-steps.ts'
import { createCountTable, openCountTable, type CountShape, type CountTable } from './count-table.ts'

/**
 * What the senders of this installation do, counted: the prior of a sender of whom little is known. A message that is learned leaves a
 * note of what its sender's profile gained or lost, in the same transaction; now and then the notes are merged into the counts, so
 * that priors lag behind: what an intruder teaches one mailbox is not at once usual everywhere.
 */
export interface Priors {
  /** The counts as of the last merge. */
  readonly counts: PriorCounts
  /** Notes how a profile changed, for the next merge. `domain` is the sender's number, 0 for none. Inside a transaction. */
  note(before: Profile, after: Profile, domain: number): void
  /** Merges notes, at most some hundred of them (a few ms): gives how many. The counts have a new version then. */
  merge(): number
  /**
   * Writes the merged counts, inside a transaction; what it gives is to be called once they are on disk, before the next merge. A crash
   * before that costs nothing: the notes are still there.
   */
  keep(): () => void
  /** Drops notes whose counts are kept, at most some hundred: gives how many. Inside a transaction. */
  tidy(): number
  /** Every count as it stands now, some thousand at a time. */
  whole(): Iterable<PriorStep>
}

export interface PriorCounts {
  /** Number of the last note merged: counts of one version are always the same. */
  readonly version: () => number
  readonly count: (kind: CountedKind, key: number) => number
  readonly coverage: (kind: CountedKind) => number
}

/** Where priors are kept. */
export interface PriorTables {
  /** By number: kind, key and change of each count, one after another. */
  readonly notes: Table<readonly number[]>
  /** By [kind, number of the chunk]. */
  readonly chunks: Table<{ readonly keys: Uint32Array; readonly counts: Uint32Array }>
  /** Under `headKey`. */
  readonly head: Table<PriorHead>
}

export interface PriorHead {
  readonly version: number
  readonly shapes: Readonly<Record<CountedKind, CountShape>>
}

const headKey = 'head'

/** Notes merged or dropped at a time. */
const batch = 400

/** Slots of 8 bytes: 18 MiB in all, however many senders there are. People are many and mostly known to one sender. */
const maxSlots: Readonly<Record<CountedKind, number>> = { links: 2 ** 18, people: 2 ** 20, values: 2 ** 20 }

export interface CreatePriorsOptions {
  readonly tables: PriorTables
  /** Merges by itself after so many notes: for stores whose writes count at once. Else whoever owns the clock calls `merge`. */
  readonly mergeAfter?: number
  /** Told of each merge: with the versions of all steps, the counts of each version can be had again. */
  readonly onMerged?: (step: PriorStep) => void
}

export function createPriors({ tables, mergeAfter = Infinity, onMerged }: CreatePriorsOptions): Priors {
  const { notes, chunks, head } = tables
  const stored = head.get(headKey)
  const all = openAll(tables, stored)
  let version = stored?.version ?? 0
  let kept = version
  let next = 1 + Math.max(version, lastNote(notes))
  const counts: PriorCounts = {
    version: () => version,
    count: (kind, key) => all[kind].get(key),
    coverage: (kind) => all[kind].coverage()
  }
  return { counts, note, merge, keep, tidy, whole: () => wholeSteps(all, countedKinds, version) }

  function note(before: Profile, after: Profile, domain: number): void {
    const changes: number[] = []
    eachChange(before, after, domain, (kind, key, by) => changes.push(countedKinds.indexOf(kind), key, by))
    if (changes.length === 0) return
    notes.put(next, changes)
    next += 1
    if (next - version > mergeAfter) mergeAtOnce()
  }

  function mergeAtOnce(): void {
    while (merge() > 0);
    keep()()
    while (tidy() > 0);
  }

  function merge(): number {
    const watch = watchMerge(all)
    let merged = 0
    for (const { key: number, value } of notes.range({ start: version + 1, limit: batch })) {
      for (let place = 0; place < value.length; place += 3) {
        const kind = countedKinds[value[place] ?? 0] ?? 'values'
        const key = value[place + 1] ?? 0
        all[kind].add(key, value[place + 2] ?? 0)
        watch.touch(kind, key)
      }
      version = Number(number)
      merged += 1
    }
    if (onMerged !== undefined) for (const step of watch.steps(version)) onMerged(step)
    return merged
  }

  function keep(): () => void {
    const written = version
    for (const kind of countedKinds) {
      for (const { number, ...chunk } of all[kind].dirtyChunks()) chunks.put([kind, number], chunk)
    }
    head.put(headKey, { version, shapes: byKind((kind) => all[kind].shape()) })
    return () => {
      kept = written
      for (const kind of countedKinds) all[kind].settled()
    }
  }

  function tidy(): number {
    const done = Array.from(notes.range({ end: kept + 1, limit: batch }), ({ key }) => key)
    for (const key of done) notes.remove(key)
    return done.length
  }
}

function openAll(
  { chunks }: PriorTables,
  stored: PriorHead | undefined
): Readonly<Record<CountedKind, CountTable>> {
  return byKind((kind) => {
    const options = { maxSlots: maxSlots[kind] }
    if (stored === undefined) return createCountTable(options)
    const range = chunks.range({ start: [kind, 0], end: [kind, Number.MAX_SAFE_INTEGER] })
    const own = Array.from(range, ({ key, value }) => ({
      number: typeof key === 'object' ? Number(key[1]) : 0,
      ...value
    }))
    return openCountTable(options, stored.shapes[kind], own)
  })
}

/** Number of the newest note, 0 without one. */
function lastNote(notes: PriorTables['notes']): number {
  const [newest] = notes.range({ reverse: true, limit: 1 })
  return Number(newest?.key ?? 0)
}
