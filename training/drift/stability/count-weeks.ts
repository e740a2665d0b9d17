import { binOf, countOfBins, type Edges } from './bins.ts'
import { weekOf } from '../week.ts'

/** Messages of a span by bins, and how much senders differ. `weight`: messages, where no sender counts for more than the cap a week. */
export interface Tally {
  messages: number
  senders: number
  weight: number
  /** Σ of the squares of the senders' weights. */
  squares: number
  /** By bin, column after column: Σ x, Σ x², Σ x·n over senders, where x is a sender's weight in the bin and n its whole. */
  readonly sum: Float64Array
  readonly square: Float64Array
  readonly withWhole: Float64Array
}

/** A week beside the reference: what the same senders did then (y in the bin, m in all). */
export interface WeekTally extends Tally {
  readonly week: number
  /** Σ n·m, and by bin Σ x·y, Σ x·m, Σ y·n. */
  wholes: number
  readonly both: Float64Array
  readonly withReference: Float64Array
  readonly referenceWith: Float64Array
}

export interface WeekCounts {
  readonly edges: readonly Edges[]
  /** Where each column's bins begin; one more at the end. */
  readonly starts: readonly number[]
  readonly reference: Tally
  /** In the order of time. */
  readonly weeks: readonly WeekTally[]
}

export interface CountWeeksOptions {
  readonly edges: readonly Edges[]
  /** Whether a week (epoch ms of its start) belongs to the reference. */
  readonly isReference: (week: number) => boolean
  /** A sender counts for at most so many messages a week: a newsletter is one habit, however often it is sent. */
  readonly perSender?: number
}

/** The weight of a busy person's week. */
const usualPerSender = 100

/** Counts messages sender after sender, in one pass: it holds sums by week and bin, and the weeks of one sender. */
export function countWeeks({ edges, isReference, perSender = usualPerSender }: CountWeeksOptions) {
  const starts = edges.reduce<number[]>((all, own) => [...all, (all.at(-1) ?? 0) + countOfBins(own)], [0])
  const bins = starts.at(-1) ?? 0
  const reference = emptyTally(bins)
  const weeks = new Map<number, WeekTally>()
  let own = new Map<number, Counted>()
  let sender: string | null = null

  return {
    /** All of a sender's messages follow each other, in any order. */
    add(from: string, at: number, values: ArrayLike<number>): void {
      if (from !== sender) settle()
      sender = from
      const counted = upsert(own, weekOf(at), () => emptyCounts(bins))
      counted.messages += 1
      for (const [column, its] of edges.entries()) {
        const bin = (starts[column] ?? 0) + binOf(values[column] ?? Number.NaN, its)
        counted.bins[bin] = (counted.bins[bin] ?? 0) + 1
      }
    },
    end(): WeekCounts {
      settle()
      return { edges, starts, reference, weeks: [...weeks.values()].toSorted((a, b) => a.week - b.week) }
    }
  }

  function settle(): void {
    const then = emptyCounts(bins)
    for (const [week, counted] of own) {
      cap(counted, perSender)
      if (isReference(week)) merge(then, counted)
    }
    if (then.messages > 0) addSender(reference, then)
    for (const [week, counted] of own) {
      const tally = upsert(weeks, week, () => emptyWeek(week, bins))
      addSender(tally, counted)
      addReference(tally, counted, then)
    }
    own = new Map()
  }
}

/** One sender's messages of a week. */
interface Counted {
  messages: number
  weight: number
  readonly bins: Float64Array
}

function emptyCounts(bins: number): Counted {
  return { messages: 0, weight: 0, bins: new Float64Array(bins) }
}

function emptyTally(bins: number): Tally {
  const of = (): Float64Array => new Float64Array(bins)
  return { messages: 0, senders: 0, weight: 0, squares: 0, sum: of(), square: of(), withWhole: of() }
}

function emptyWeek(week: number, bins: number): WeekTally {
  const of = (): Float64Array => new Float64Array(bins)
  return { ...emptyTally(bins), week, wholes: 0, both: of(), withReference: of(), referenceWith: of() }
}

function cap(counted: Counted, most: number): void {
  const scale = Math.min(1, most / counted.messages)
  counted.weight = counted.messages * scale
  if (scale < 1) for (const [bin, count] of counted.bins.entries()) counted.bins[bin] = count * scale
}

function merge(into: Counted, { messages, weight, bins }: Counted): void {
  into.messages += messages
  into.weight += weight
  for (const [bin, count] of bins.entries()) if (count > 0) increase(into.bins, bin, count)
}

function addSender(tally: Tally, { messages, weight, bins }: Counted): void {
  tally.messages += messages
  tally.senders += 1
  tally.weight += weight
  tally.squares += weight * weight
  for (const [bin, x] of bins.entries()) {
    if (x === 0) continue
    increase(tally.sum, bin, x)
    increase(tally.square, bin, x * x)
    increase(tally.withWhole, bin, x * weight)
  }
}

function addReference(tally: WeekTally, { weight, bins }: Counted, then: Counted): void {
  if (then.messages === 0) return
  tally.wholes += weight * then.weight
  for (const [bin, y] of then.bins.entries()) {
    const x = bins[bin] ?? 0
    if (x > 0) increase(tally.withReference, bin, x * then.weight)
    if (y === 0) continue
    increase(tally.both, bin, x * y)
    increase(tally.referenceWith, bin, y * weight)
  }
}

function increase(values: Float64Array, at: number, by: number): void {
  values[at] = (values[at] ?? 0) + by
}

function upsert<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
