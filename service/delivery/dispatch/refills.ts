import { turnOf, type DueEntry } from '../../queue/indexes/turn.ts'
import type { Queue } from '../../queue/queue.ts'
import type { Lane } from './lane.ts'

export interface RefillsOptions {
  readonly queue: Pick<Queue, 'readyIn'>
  /** What is due by then. Epoch ms. */
  readonly until: () => number
  /** Domains of a message that are in the window already. */
  readonly inWindow: (messageId: string) => ReadonlySet<string> | undefined
}

/** Reads again what lanes and senders left on disk: theirs alone, most pressing first, a few at a time. */
export interface Refills {
  ofLane(lane: Lane, room: number): readonly DueEntry[]
  ofSender(sender: string): Refill
}

export interface Refill {
  readonly entries: readonly DueEntry[]
  /** Nothing is left. */
  readonly isAll: boolean
}

/** Domains read for one refill; the others have their turn with the next. */
const domainsAtOnce = 16
/** Entries passed over because their messages are in the window already, or of senders that must wait. */
const maxPassed = 2_000
/** A sender that was throttled goes on with so many. */
const senderRoom = 20

export function createRefills({ queue, until, inWindow }: RefillsOptions): Refills {
  return { ofLane, ofSender }

  function ofLane(lane: Lane, room: number): readonly DueEntry[] {
    const domains = [...lane.left].slice(0, domainsAtOnce)
    const found = domains.flatMap((domain) => {
      const { entries, isAll } = read(
        queue.readyIn({ domain }, until()),
        room,
        (id) => inWindow(id)?.has(domain) === true
      )
      lane.left.delete(domain)
      // To the end of the line: who still has some left is read again after the others
      if (!isAll) lane.left.add(domain)
      return entries.map((entry) => ({ entry, domain }))
    })
    const sorted = found.toSorted((one, other) => turnOf(one.entry) - turnOf(other.entry))
    for (const { domain } of sorted.slice(room)) lane.left.add(domain)
    return sorted.slice(0, room).map(({ entry }) => entry)
  }

  function ofSender(sender: string): Refill {
    return read(queue.readyIn({ sender }, until()), senderRoom, (id) => inWindow(id) !== undefined)
  }
}

function read(ready: Iterable<DueEntry>, room: number, knows: (id: string) => boolean): Refill {
  const entries: DueEntry[] = []
  let passed = 0
  for (const entry of ready) {
    if (knows(entry.id)) passed += 1
    else if (entries.length >= room) return { entries, isAll: false }
    else entries.push(entry)
    if (passed > maxPassed) return { entries, isAll: false }
  }
  return { entries, isAll: true }
}
