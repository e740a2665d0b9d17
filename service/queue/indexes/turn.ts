import type { PriorityLabel } from '../../verdict/verdict.ts'

/** One message that waits for an attempt, as an index knows it: no record has to be read to pass it over. */
export interface DueEntry {
  readonly id: string
  readonly label: PriorityLabel
  /** Epoch ms. */
  readonly dueAt: number
  /** The one domain that its open recipients share, or null for several. */
  readonly destination: string | null
  /** Whose message it is; '' for our own reports. */
  readonly sender: string
}

/** How far a walk came: for each label the key of the last entry seen. */
export type ReadyPosition = Partial<Record<PriorityLabel, readonly [dueAt: number, id: string]>>

/**
 * How long a label lets later, more urgent mail overtake. An urgent message overtakes normal mail that has waited less than an hour;
 * after that, age wins, so nothing ever starves: each message becomes the oldest in the end.
 */
const patienceMs: Readonly<Record<PriorityLabel, number>> = { urgent: 0, normal: 3_600_000, bulk: 14_400_000 }

/** In the order of their rank in keys. */
export const labels: readonly PriorityLabel[] = ['urgent', 'normal', 'bulk']

/** Whose turn comes first: the lower number. */
export function turnOf({ dueAt, label }: Pick<DueEntry, 'dueAt' | 'label'>): number {
  return dueAt + patienceMs[label]
}

/** One stream a label, each by due time, as one stream by turn: due time plus patience. */
export function* byTurn(
  streamOf: (label: PriorityLabel) => Generator<DueEntry, undefined>
): Generator<DueEntry> {
  const streams = labels.map(streamOf)
  const heads = streams.map((stream) => stream.next().value)
  for (;;) {
    const first = earliest(heads)
    if (first === undefined) return
    const entry = heads[first]
    heads[first] = streams[first]?.next().value
    if (entry !== undefined) yield entry
  }
}

function earliest(heads: readonly (DueEntry | undefined)[]): number | undefined {
  let first: number | undefined
  let firstTurn = Infinity
  for (const [at, head] of heads.entries()) {
    if (head === undefined) continue
    const turn = turnOf(head)
    if (turn >= firstTurn) continue
    first = at
    firstTurn = turn
  }
  return first
}
