import { toObservation, type StoredMessage } from '../../service/history/rows/read-message-row.ts'
import type { ReplayReader, StoredChange } from '../../service/history/reader/replay-reader.ts'
import { noAttributes } from '../../service/observation/observation.ts'
import type { HabitObservation } from '../../service/profile/fold-observation.ts'
import type { Profile } from '../../service/profile/profile.ts'
import { grownIn, replaySender, type Replayed, type SenderReplay } from './replay-sender.ts'

export interface ReplayOptions {
  readonly reader: ReplayReader
  /** Keyed hashes; default: everybody. */
  readonly senders?: readonly string[]
  /** Epoch ms, exclusive: what came later is neither given nor learned. What came earlier than anybody asks for is always learned. */
  readonly until?: number
  /** Told of each sender once all of its messages are through. */
  readonly onSender?: (sender: string, profile: Profile) => void
}

/**
 * Every message that history holds, sender after sender, each beside the habits that it was judged by: what was learned is learned again in
 * the order in which it was, and what was taken back is taken back. Holds one sender's habits at a time.
 */
export async function* replayHistory({
  reader,
  senders,
  until,
  onSender
}: ReplayOptions): AsyncGenerator<Replayed> {
  const span = { ...(senders && { senders }), ...(until !== undefined && { until }) }
  const changes = bySender(reader.changes(senders && { senders }))
  let current: Current | undefined
  const end = (one: Current | undefined): void => one && onSender?.(one.sender, one.replay.end())
  for await (const row of reader.messages(span)) {
    if (current?.sender !== row.sender) {
      end(current)
      const own = await changes.of(row.sender)
      current = { sender: row.sender, replay: replaySender(own, await grown(reader, row.sender, own)) }
    }
    const replayed = current.replay.next(row)
    if (replayed !== null) yield replayed
  }
  end(current)
}

interface Current {
  readonly sender: string
  readonly replay: SenderReplay
}

async function grown(
  reader: ReplayReader,
  sender: string,
  changes: readonly StoredChange[]
): Promise<ReadonlyMap<string, HabitObservation>> {
  const ids = grownIn(changes)
  const found = new Map<string, HabitObservation>()
  for (let from = 0; from < ids.length; from += idsAtOnce)
    for await (const row of reader.messagesOf(sender, ids.slice(from, from + idsAtOnce))) keep(found, row)
  return found
}

/** Of a query's parameters. */
const idsAtOnce = 1_000

function keep(found: Map<string, HabitObservation>, row: StoredMessage): void {
  const observation = toObservation(row, noAttributes)
  if (observation === undefined) return
  const { content: _, ...habit } = observation
  found.set(row.submission_id, habit)
}

/** Rows that come sender after sender, given out a sender at a time; senders are asked for in the same order. */
function bySender(rows: AsyncIterable<StoredChange>) {
  const iterator = rows[Symbol.asyncIterator]()
  let head: StoredChange | null = null
  let isOver = false

  async function peek(): Promise<StoredChange | null> {
    if (head !== null || isOver) return head
    const { value, done } = await iterator.next()
    isOver = done === true
    head = isOver ? null : value
    return head
  }

  return {
    async of(sender: string): Promise<readonly StoredChange[]> {
      const own: StoredChange[] = []
      for (let next = await peek(); next !== null && next.sender <= sender; next = await peek()) {
        if (next.sender === sender) own.push(next)
        head = null
      }
      return own
    }
  }
}
