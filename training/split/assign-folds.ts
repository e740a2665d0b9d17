import { createHash } from 'node:crypto'
import { clusterNearDuplicates, join, rootOf, type TokenSet } from './near-duplicates.ts'

export interface Splittable {
  readonly id: string
  readonly source: string
  readonly group: string
  readonly tokens: TokenSet
}

/**
 * Fold number per message. What belongs together never crosses folds: near-duplicates of any source, and messages of one group
 * within a source. A cluster's fold follows from a hash of its smallest id and the seed: frozen, whatever else is added.
 */
export function assignFolds(
  messages: readonly Splittable[],
  folds: number,
  seed: number
): { fold: Int32Array; cluster: Int32Array } {
  const parents = clusterNearDuplicates(messages.map(({ tokens }) => tokens))
  const groups = new Map<string, number>()
  for (const [index, { source, group }] of messages.entries()) {
    if (group === '') continue
    const key = `${source}\n${group}`
    const first = groups.get(key)
    if (first === undefined) groups.set(key, index)
    else join(parents, index, first)
  }
  const cluster = parents.map((_, index) => rootOf(parents, index))
  const names = new Map<number, string>()
  for (const [index, { id }] of messages.entries()) {
    const root = cluster[index] ?? index
    const name = names.get(root)
    if (name === undefined || id < name) names.set(root, id)
  }
  return { fold: cluster.map((root) => bucketOf(names.get(root) ?? '', folds, seed)), cluster }
}

/** Keeps one of messages that are the same but for a word or two, the one with the smallest id. */
export function dropDuplicates<T extends Splittable>(messages: readonly T[]): T[] {
  const sorted = messages.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const cluster = clusterNearDuplicates(
    sorted.map(({ tokens }) => tokens),
    0.95
  )
  const seen = new Set<number>()
  return sorted.filter((_, index) => {
    const root = cluster[index] ?? index
    return !seen.has(root) && seen.add(root)
  })
}

/** sha256 of seed and name, modulo. */
export function bucketOf(name: string, buckets: number, seed: number): number {
  return createHash('sha256').update(`${seed}\n${name}`).digest().readUInt32LE(0) % buckets
}
