/** The latest messages: who they went to and which thread they belong to. Packed side by side, oldest first. */
export interface Recent {
  readonly messageIds: Uint32Array
  /** First of the thread's ids, or the message's own where it starts one; 0 if it has none. */
  readonly roots: Uint32Array
  readonly subjects: Uint32Array
  /** Length of each message's run in `people`. */
  readonly sizes: Uint8Array
  readonly people: Uint32Array
}

export interface RecentMessage {
  readonly messageId: number
  readonly root: number
  readonly subject: number
  readonly people: readonly number[]
}

/** People kept per message: co-occurrence looks at the first dozen (MODELS.md). */
export const maxRecentPeople = 12

export const emptyRecent: Recent = {
  messageIds: new Uint32Array(0),
  roots: new Uint32Array(0),
  subjects: new Uint32Array(0),
  sizes: new Uint8Array(0),
  people: new Uint32Array(0)
}

export function foldRecent(recent: Recent, message: RecentMessage, maxMessages: number): Recent {
  const people = message.people.slice(0, maxRecentPeople)
  const full = recent.sizes.length >= maxMessages
  const from = full ? 1 : 0
  return {
    messageIds: appended(recent.messageIds, [message.messageId], from),
    roots: appended(recent.roots, [message.root], from),
    subjects: appended(recent.subjects, [message.subject], from),
    sizes: appendedSize(recent.sizes, people.length, from),
    people: appended(recent.people, people, full ? (recent.sizes[0] ?? 0) : 0)
  }
}

/** The recipient runs, oldest first, as views. */
export function recentSets(recent: Recent): readonly Uint32Array[] {
  const sets: Uint32Array[] = []
  let start = 0
  for (const size of recent.sizes) {
    sets.push(recent.people.subarray(start, start + size))
    start += size
  }
  return sets
}

/** A ring of distinct hashes, newest last; 0 stands for nothing and is not kept. */
export function foldRing(ring: Uint32Array, hashes: readonly number[], max: number): Uint32Array {
  const fresh = [...new Set(hashes)].filter((hash) => hash !== 0 && !ring.includes(hash)).slice(-max)
  if (fresh.length === 0) return ring
  return appended(ring, fresh, Math.max(0, ring.length + fresh.length - max))
}

export function appendedSize(sizes: Uint8Array, size: number, from: number): Uint8Array {
  const grown = new Uint8Array(sizes.length - from + 1)
  grown.set(sizes.subarray(from))
  grown[grown.length - 1] = size
  return grown
}

/** The array without its first `from` numbers, then these. */
export function appended(array: Uint32Array, added: readonly number[], from: number): Uint32Array {
  const grown = new Uint32Array(array.length - from + added.length)
  grown.set(array.subarray(from))
  grown.set(added, array.length - from)
  return grown
}
