/** Bounded counts by 32-bit key: an open-addressed table of 8 bytes a slot that can be stored in chunks. */
export interface CountTable {
  get(key: number): number
  /** A key whose count falls to 0 is forgotten; below 0 it never goes. Key 0 stands for nothing. */
  add(key: number, by: number): void
  /** 0 to 1: share of the keys with a count of 1 that it keeps; 1 while nothing had to go. */
  coverage(): number
  /** Chunks that changed since `settled`, all of them after the table grew. */
  dirtyChunks(): readonly CountChunk[]
  settled(): void
  /** Everything that is kept; keys of 0 are empty slots. */
  chunks(): readonly CountChunk[]
  /** How often it had to forget what counts least. */
  clearings(): number
  shape(): CountShape
}

export interface CountShape {
  readonly slots: number
  readonly coverage: number
}

export interface CountChunk {
  readonly number: number
  readonly keys: Uint32Array
  readonly counts: Uint32Array
}

export interface CountTableOptions {
  /** A power of two. Beyond seven tenths of it a third of the keys is forgotten, of those that are counted least. */
  readonly maxSlots: number
}

const firstSlots = 1_024
const chunkSlots = 4_096
const fullest = 0.7
/** What a clearing leaves of a full table. */
const keptShare = 0.66

export function createCountTable({ maxSlots }: CountTableOptions): CountTable {
  return openCountTable({ maxSlots }, { slots: firstSlots, coverage: 1 }, [])
}

/** The table of these chunks; slots without a chunk are empty. */
export function openCountTable(
  { maxSlots }: CountTableOptions,
  { slots, coverage: stored }: CountShape,
  chunks: Iterable<CountChunk>
): CountTable {
  let held = restored(slots, chunks)
  let coverage = stored
  let dirty = new Set<number>()
  let clearings = 0

  return {
    get: (key) => held.counts[slotOf(held.keys, key)] ?? 0,
    add(key, by) {
      if (key === 0) return
      const slot = placeOf(held, key, by > 0)
      if (slot < 0) return
      held.counts[slot] = Math.max(0, (held.counts[slot] ?? 0) + by)
      dirty.add(Math.floor(slot / chunkSlots))
      if (held.used > fullest * held.keys.length) makeRoom()
    },
    coverage: () => coverage,
    dirtyChunks: () => Array.from(dirty, (number) => chunkAt(held, number)),
    settled() {
      dirty = new Set()
    },
    chunks: () => Array.from(allChunks(), (number) => chunkAt(held, number)),
    clearings: () => clearings,
    shape: () => ({ slots: held.keys.length, coverage })
  }

  function allChunks(): ReadonlySet<number> {
    return new Set(Array.from({ length: Math.ceil(held.keys.length / chunkSlots) }, (_, number) => number))
  }

  /** Drops what counts nothing; grows while it may; else forgets what counts least. */
  function makeRoom(): void {
    const { counts } = held
    const live = counts.reduce((sum, count) => sum + Number(count > 0), 0)
    const room = keptShare * fullest * counts.length
    const mayGrow = counts.length < maxSlots
    const cut = live > room && !mayGrow ? cutFor(held, room) : { count: 0, lots: 0 }
    held = rehashed(held, live > room && mayGrow ? 2 * counts.length : counts.length, cut)
    if (cut.count > 0) coverage = cut.count === 1 ? cut.lots / allLots : 0
    if (cut.count > 0) clearings += 1
    dirty = new Set(allChunks())
  }
}

interface Slots {
  readonly keys: Uint32Array
  readonly counts: Uint32Array
  /** Slots with a key. */
  used: number
}

function restored(size: number, chunks: Iterable<CountChunk>): Slots {
  const slots: Slots = { keys: new Uint32Array(size), counts: new Uint32Array(size), used: 0 }
  for (const { number, keys, counts } of chunks) {
    slots.keys.set(keys, number * chunkSlots)
    slots.counts.set(counts, number * chunkSlots)
    for (const key of keys) if (key !== 0) slots.used += 1
  }
  return slots
}

/** The same counts, without those below the cut, in a table of this size. */
function rehashed(from: Slots, size: number, cut: Cut): Slots {
  const slots: Slots = { keys: new Uint32Array(size), counts: new Uint32Array(size), used: 0 }
  for (let index = 0; index < from.keys.length; index++) {
    const key = from.keys[index] ?? 0
    const count = from.counts[index] ?? 0
    const isKept = count > cut.count || (count === cut.count && lotOf(key) < cut.lots)
    if (isKept && count > 0) slots.counts[placeOf(slots, key, true)] = count
  }
  return slots
}

function chunkAt({ keys, counts }: Slots, number: number): CountChunk {
  const from = number * chunkSlots
  const to = from + chunkSlots
  return { number, keys: keys.slice(from, to), counts: counts.slice(from, to) }
}

/** The key's slot, taken for it if there is none and it may be; -1 without one. */
function placeOf(slots: Slots, key: number, mayTake: boolean): number {
  const slot = slotOf(slots.keys, key)
  if (slots.keys[slot] === key) return slot
  if (!mayTake) return -1
  slots.keys[slot] = key
  slots.used += 1
  return slot
}

/** Where the key stands or would stand. Keys are hashes: their low bits are as good as any. */
function slotOf(keys: Uint32Array, key: number): number {
  const mask = keys.length - 1
  let slot = key & mask
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask
  return slot
}

/** What a table keeps: counts above `count`, and of those at it the keys whose lot lies below `lots`. */
interface Cut {
  readonly count: number
  readonly lots: number
}

const allLots = 256

/** A fixed draw for each key: whoever is forgotten once is forgotten each time, and what is kept stays a fair sample. */
function lotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 24
}

/** The cut that leaves at most `room` keys. */
function cutFor({ keys, counts }: Slots, room: number): Cut {
  const byCount = histogram(counts.length, (index) => counts[index] ?? 0)
  let left = counts.length - (byCount[0] ?? 0)
  let count = 0
  while (left > room && count < 254) {
    count += 1
    left -= byCount[count] ?? 0
  }
  const byLot = histogram(counts.length, (index) =>
    counts[index] === count ? lotOf(keys[index] ?? 0) : allLots - 1
  )
  let lots = 0
  while (lots < allLots - 1 && left + (byLot[lots] ?? 0) <= room) {
    left += byLot[lots] ?? 0
    lots += 1
  }
  return { count, lots }
}

/** How often each value from 0 to 255 stands there; larger ones count as 255. */
function histogram(length: number, valueAt: (index: number) => number): Uint32Array {
  const often = new Uint32Array(256)
  for (let index = 0; index < length; index++) {
    const value = Math.min(255, valueAt(index))
    often[value] = (often[value] ?? 0) + 1
  }
  return often
}
