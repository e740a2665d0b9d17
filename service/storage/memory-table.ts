import type { Key, RangeOptions, Table } from './storage.ts'

/**
 * A table in memory, for backtests and tests: the same order of keys as LMDB, no transactions (a write counts at once), values by
 * reference. A walk sees the entries that were there when it began.
 */
export function createMemoryTable<V>(): Table<V> {
  const entries = new Map<string, { readonly key: Key; readonly value: V }>()
  let sorted: readonly Key[] | null = null

  return {
    get: (key) => entries.get(textOf(key))?.value,
    put(key, value) {
      const text = textOf(key)
      if (!entries.has(text)) sorted = null
      entries.set(text, { key, value })
    },
    remove(key) {
      if (entries.delete(textOf(key))) sorted = null
    },
    *range(options = {}) {
      for (const key of walk(options)) {
        const entry = entries.get(textOf(key))
        if (entry !== undefined) yield entry
      }
    },
    visit(options, see) {
      for (const key of walk(options)) {
        const entry = entries.get(textOf(key))
        if (entry !== undefined) see(entry.value, entry.key)
      }
    },
    count: (options = {}) => walk(options).length
  }

  function walk({ start, end, limit, reverse = false }: RangeOptions): readonly Key[] {
    sorted ??= Array.from(entries.values(), ({ key }) => key).toSorted(compareKeys)
    const direction = reverse ? -1 : 1
    const within = sorted.filter(
      (key) =>
        (start === undefined || direction * compareKeys(key, start) >= 0) &&
        (end === undefined || direction * compareKeys(key, end) < 0)
    )
    return (reverse ? within.toReversed() : within).slice(0, limit)
  }
}

function textOf(key: Key): string {
  return JSON.stringify(key)
}

/** Numbers before texts; arrays by their parts, the shorter first. */
function compareKeys(one: Key, other: Key): number {
  const ones = typeof one === 'object' ? one : [one]
  const others = typeof other === 'object' ? other : [other]
  for (let index = 0; index < Math.min(ones.length, others.length); index++) {
    const order = compareParts(ones[index] ?? '', others[index] ?? '')
    if (order !== 0) return order
  }
  return ones.length - others.length
}

function compareParts(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  // LMDB compares the bytes of UTF-8
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
