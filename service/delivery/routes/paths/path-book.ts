import type { Aged, BoundedTable } from '../../../storage/bounded-table.ts'
import { advance, newPath, type Path, type PathRules } from './condition.ts'
import type { Sample } from './measure.ts'

export interface PathBookOptions {
  readonly rules: PathRules
  /** Epoch ms. */
  readonly clock: () => number
  /** Where summaries outlive the process; without it they do not. */
  readonly shelf?: BoundedTable<Aged & Path> | undefined
  /** Paths in memory; the one that was used longest ago goes first. Default 10,000. */
  readonly maxPaths?: number | undefined
  /** Told when a path's condition changes. */
  readonly onChange: (key: string, before: Path, after: Path) => void
}

/** How all ways fare: a bounded number in memory, the rest on the shelf. */
export interface PathBook {
  /** A way of which nothing is known is good. */
  get(key: string): Path
  note(key: string, sample: Sample, isProbe: boolean): void
  /** Those in memory, by key. */
  list(): Iterable<readonly [string, Path]>
  /** Writes what has changed. */
  save(): Promise<void>
}

const defaultMaxPaths = 10_000

export function createPathBook({
  rules,
  clock,
  shelf,
  maxPaths = defaultMaxPaths,
  onChange
}: PathBookOptions): PathBook {
  /** Used longest ago first. */
  const paths = new Map<string, Path>()
  const unsaved = new Map<string, Path>()
  return { get, note, list: () => paths, save }

  function get(key: string): Path {
    const known = paths.get(key) ?? unsaved.get(key) ?? shelf?.get(key)
    return known ?? newPath(clock(), rules)
  }

  function note(key: string, sample: Sample, isProbe: boolean): void {
    const before = get(key)
    const after = advance(before, sample, isProbe, clock(), rules)
    paths.delete(key)
    paths.set(key, after)
    if (shelf !== undefined) unsaved.set(key, after)
    // A disk that takes nothing must not fill the memory
    for (const full of [paths, unsaved]) if (full.size > maxPaths) dropFirst(full)
    if (before.condition.kind !== after.condition.kind) onChange(key, before, after)
  }

  async function save(): Promise<void> {
    if (shelf === undefined || unsaved.size === 0) return
    const written = new Map(unsaved)
    await shelf.write(written)
    // What changed meanwhile is written next time
    for (const [key, path] of written) if (unsaved.get(key) === path) unsaved.delete(key)
  }
}

function dropFirst(entries: Map<string, unknown>): void {
  const [first] = entries.keys()
  if (first !== undefined) entries.delete(first)
}
