import type { SenderCount, SpanReader } from '../../../service/history/reader/span-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import { HistoryTrainingError } from '../../history/training-fault.ts'
import { bucketOf } from '../../split/assign-folds.ts'
import { donorsAmong } from '../simulate-takeovers.ts'

/** Senders who are attacked, and others who lend words, programs and networks to the thieves. In the order of their keys. */
export interface SenderCast {
  readonly victims: readonly SenderCount[]
  readonly lenders: readonly SenderCount[]
  /** With a single message: nothing to compare it with. */
  readonly tooShort: number
  /** Senders of the span that were not drawn. */
  readonly leftOut: number
}

export interface CastOptions {
  readonly seed: number
  /** Attacked at most. */
  readonly victims: number
}

/** Fewer messages are no habits. */
const leastMessages = 2
/** More lenders lend no more; each takes about a megabyte. */
const mostLenders = 40
const buckets = 4_294_967_291

/**
 * Draws the senders of a span by their keys and the seed: the same ones, whoever else is there. Where some are named, they are attacked, and
 * all others may lend. Throws HISTORY_EMPTY, HISTORY_TOO_SHORT, HISTORY_ONE_SENDER.
 */
export async function castSenders(
  reader: Pick<SpanReader, 'senders'>,
  { senders: names, ...span }: RowSpan,
  { seed, victims }: CastOptions
): Promise<SenderCast> {
  const named = names === undefined ? null : new Set(names)
  const [wanted, others] = [openDraw(victims + mostLenders, seed), openDraw(mostLenders, seed)]
  const found = { senders: 0, tooShort: 0 }
  for await (const one of reader.senders(span)) {
    const isWanted = named === null || named.has(one.sender)
    found.senders += Number(isWanted)
    if (one.messages >= leastMessages) (isWanted ? wanted : others).add(one)
    else found.tooShort += Number(isWanted)
  }
  const [drawn, lending] = [wanted.drawn(), others.drawn()]
  if (found.senders === 0) throw new HistoryTrainingError('HISTORY_EMPTY')
  if (drawn.length === 0) throw new HistoryTrainingError('HISTORY_TOO_SHORT')
  if (drawn.length + lending.length === 1) throw new HistoryTrainingError('HISTORY_ONE_SENDER')
  const count = lending.length > 0 ? 0 : Math.min(mostLenders, donorsAmong(drawn.length, victims))
  const attacked = drawn.slice(count, count + victims)
  return {
    victims: attacked.toSorted(byKey),
    lenders: (lending.length > 0 ? lending : drawn.slice(0, count)).toSorted(byKey),
    tooShort: found.tooShort,
    leftOut: found.senders - found.tooShort - count - attacked.length
  }
}

function openDraw(wanted: number, seed: number) {
  let drawn: (SenderCount & { readonly lot: number })[] = []
  const prune = (): void => {
    drawn = drawn.toSorted((one, other) => one.lot - other.lot || byKey(one, other)).slice(0, wanted)
  }
  return {
    add({ sender, messages }: SenderCount): void {
      drawn.push({ sender, messages, lot: bucketOf(sender, buckets, seed) })
      if (drawn.length > 2 * wanted) prune()
    },
    drawn(): readonly SenderCount[] {
      prune()
      return drawn
    }
  }
}

function byKey(one: SenderCount, other: SenderCount): number {
  return one.sender < other.sender ? -1 : 1
}
