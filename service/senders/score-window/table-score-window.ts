import type { Table } from '../../storage/storage.ts'
import { append, lengthOf, noScores, unpackScores, without, type PackedScores } from './packed-scores.ts'
import type { ScoreWindow, WindowScores } from './score-window.ts'
import type { SenderKey } from '../sender-store.ts'

/** How many scores have come, and the newest of them that do not fill a chunk yet: all that one message writes. */
export interface WindowHead {
  readonly counted: number
  /** Epoch ms of the newest score. */
  readonly at: number
  readonly open: PackedScores
}

/** Where score windows are kept. */
export interface ScoreTables<State> {
  /** By version. */
  readonly heads: Table<WindowHead>
  /** By [version, place in the ring]. */
  readonly chunks: Table<PackedScores>
  /** By version. */
  readonly states: Table<State>
}

export interface ScoreWindowOptions {
  /** Scores in a window. */
  readonly capacity?: number
}

/** A kilobyte: rewritten with each score until it is full. */
const chunkLength = 64
const defaultCapacity = 20_000
const empty: WindowHead = { counted: 0, at: 0, open: noScores }

/** Score windows over tables of any kind. Nothing is kept outside of them, so that a transaction which fails leaves no trace. */
export function createTableScoreWindow<State>(
  tables: ScoreTables<State>,
  { capacity = defaultCapacity }: ScoreWindowOptions = {}
): ScoreWindow<State> {
  const { heads, chunks, states } = tables
  const places = Math.ceil(capacity / chunkLength)
  const placesOf = (version: string) =>
    Array.from({ length: places }, (_, place) => [version, place] as const)
  return { capacity, add, scores, forget, retain, counted, state, keepState }

  function add(version: string, score: Parameters<ScoreWindow<State>['add']>[1]): number {
    const head = heads.get(version) ?? empty
    const open = append(head.open, score)
    const count = head.counted + 1
    const isFull = lengthOf(open) === chunkLength
    if (isFull) chunks.put([version, (count / chunkLength - 1) % places], open)
    heads.put(version, { counted: count, at: score.at, open: isFull ? noScores : open })
    return count
  }

  function scores(version: string): WindowScores {
    const head = heads.get(version) ?? empty
    const closed = Math.floor(head.counted / chunkLength)
    const runs: PackedScores[] = []
    for (let chunk = Math.max(0, closed - places); chunk < closed; chunk += 1)
      runs.push(chunks.get([version, chunk % places]) ?? noScores)
    return unpackScores([...runs, head.open], capacity)
  }

  function counted(version: string): number {
    return heads.get(version)?.counted ?? 0
  }

  function state(version: string): State | undefined {
    return states.get(version)
  }

  function keepState(version: string, next: State): void {
    states.put(version, next)
  }

  function forget(sender: SenderKey): void {
    for (const { version, head } of windows()) {
      const open = without(head.open, sender)
      if (open !== undefined) heads.put(version, { ...head, open })
      for (const key of placesOf(version)) {
        const rest = without(chunks.get(key) ?? noScores, sender)
        if (rest !== undefined) chunks.put(key, rest)
      }
    }
  }

  function retain(version: string, others: number): void {
    const newestFirst = windows()
      .filter((one) => one.version !== version)
      .toSorted((a, b) => b.head.at - a.head.at)
    for (const old of newestFirst.slice(others)) {
      for (const key of placesOf(old.version)) chunks.remove(key)
      heads.remove(old.version)
      states.remove(old.version)
    }
  }

  function windows(): readonly { readonly version: string; readonly head: WindowHead }[] {
    return Array.from(heads.range(), ({ key, value }) => ({ version: String(key), head: value }))
  }
}
