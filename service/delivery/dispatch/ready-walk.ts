import type { DueEntry, ReadyPosition } from '../../queue/indexes/turn.ts'
import type { Queue } from '../../queue/queue.ts'

export interface ReadyWalkOptions {
  readonly queue: Queue
  readonly clock: () => number
  /** Entries looked at before others get the processor. */
  readonly sliceLength: number
}

export type Visit = 'go-on' | 'stop'

/** A walk over what is due, in slices, that remembers how far it came: what was passed over once is not read again for every new message. */
export interface ReadyWalk {
  /** Shows the next entries to `visit` until it says stop. `paused`: more may follow. */
  step(visit: (entry: DueEntry) => Visit): 'paused' | 'end'
  /** From the most pressing message again. */
  restart(): void
  /** Goes on where the last walk ended, for what has become due since. */
  resume(): void
  /** What is due later than this was not looked at. Epoch ms. */
  readonly until: number
}

/** A message's due time is set a moment before its commit shows it: a resumed walk looks back by this much. */
const lookBackMs = 10_000

export function createReadyWalk({ queue, clock, sliceLength }: ReadyWalkOptions): ReadyWalk {
  let position: ReadyPosition = {}
  let ended = false
  let until = clock()
  return { step, restart, resume, get until() { return until } } // prettier-ignore

  function step(visit: (entry: DueEntry) => Visit): 'paused' | 'end' {
    if (ended) return 'end'
    let seen = 0
    for (const entry of queue.ready(until, position)) {
      position = { ...position, [entry.label]: [entry.dueAt, entry.id] }
      seen += 1
      if (visit(entry) === 'stop' || seen >= sliceLength) return 'paused'
    }
    ended = true
    return 'end'
  }

  function restart(): void {
    position = {}
    ended = false
    until = clock()
  }

  function resume(): void {
    const from = until - lookBackMs
    if (ended) position = { urgent: [from, ''], normal: [from, ''], bulk: [from, ''] }
    ended = false
    until = clock()
  }
}
