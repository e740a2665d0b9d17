import { decayed } from './decay.ts'

/**
 * Decaying counts of the values that one attribute took. Weights are as of the message that last touched them and decay when read,
 * so that a fold costs the values it touches, not all of them. Times are message numbers of this sender.
 */
export interface Habit {
  /** Decayed number of messages that showed the attribute, as of message `at`. */
  readonly weight: number
  readonly at: number
  readonly values: readonly string[]
  readonly weights: readonly number[]
  readonly last: readonly number[]
}

export interface HabitLimits {
  /** In messages of the sender. */
  readonly halfLife: number
  /** Distinct values kept: beyond that, the rarest go. */
  readonly maxValues: number
}

/** Longer values keep their start and a mark of the rest: enough to tell apart and to read. */
const maxValueLength = 48

export const emptyHabit: Habit = { weight: 0, at: 0, values: [], weights: [], last: [] }

/** The habit after one more message, number `at`. An absent value (`''`) changes nothing: absence is no habit. */
export function foldHabit(
  habit: Habit,
  value: string,
  at: number,
  { halfLife, maxValues }: HabitLimits
): Habit {
  if (value === '') return habit
  const kept = boundedValue(value)
  const weight = decayed(habit.weight, at - habit.at, halfLife) + 1
  const index = habit.values.indexOf(kept)
  if (index >= 0) return { ...habit, weight, at, ...touched(habit, index, at, halfLife) }
  const grown = {
    weight,
    at,
    values: [...habit.values, kept],
    weights: [...habit.weights, 1],
    last: [...habit.last, at]
  }
  return grown.values.length > maxValues ? withoutRarest(grown, halfLife) : grown
}

export interface HabitReading {
  /** Decayed count of the value. */
  readonly count: number
  /** Decayed count of all values. */
  readonly total: number
  readonly distinct: number
  readonly known: boolean
  /** Messages since the value was last seen, null if it is not known. */
  readonly age: number | null
}

/** What the habit says of a value just before message number `at`. */
export function readHabit(habit: Habit, value: string, at: number, halfLife: number): HabitReading {
  const index = habit.values.indexOf(boundedValue(value))
  const last = habit.last[index] ?? at
  return {
    count: index < 0 ? 0 : decayed(habit.weights[index] ?? 0, at - last, halfLife),
    total: decayed(habit.weight, at - habit.at, halfLife),
    distinct: habit.values.length,
    known: index >= 0,
    age: index < 0 ? null : Math.max(0, at - last)
  }
}

/** The value seen most, '' if there is none. */
export function usualValue(habit: Habit, halfLife: number): string {
  return habit.values[extreme(habit, halfLife, 1)] ?? ''
}

/** Bounded in length and without NUL, which stores use between values. */
export function boundedValue(value: string): string {
  if (value.length <= maxValueLength) return value.includes('\0') ? value.replaceAll('\0', '?') : value
  let mark = 0
  for (let index = 0; index < value.length; index++)
    mark = (Math.imul(mark, 31) + value.charCodeAt(index)) | 0
  const start = value.slice(0, maxValueLength - 8).replaceAll('\0', '?')
  return `${start}~${(mark >>> 0).toString(36)}`
}

function touched(habit: Habit, index: number, at: number, halfLife: number): Pick<Habit, 'weights' | 'last'> {
  const weights = habit.weights.slice()
  const last = habit.last.slice()
  weights[index] = decayed(weights[index] ?? 0, at - (last[index] ?? at), halfLife) + 1
  last[index] = at
  return { weights, last }
}

function withoutRarest(habit: Habit, halfLife: number): Habit {
  const rarest = extreme(habit, halfLife, -1)
  const others = (_: unknown, index: number): boolean => index !== rarest
  return {
    ...habit,
    values: habit.values.filter(others),
    weights: habit.weights.filter(others),
    last: habit.last.filter(others)
  }
}

/** Index of the heaviest (`sign` 1) or lightest (-1) value, of equals the first; -1 if there is none. */
function extreme(habit: Habit, halfLife: number, sign: 1 | -1): number {
  let best = -1
  let bestWeight = -Infinity
  for (let index = 0; index < habit.values.length; index++) {
    const weight = sign * decayed(habit.weights[index] ?? 0, habit.at - (habit.last[index] ?? 0), halfLife)
    if (weight > bestWeight) {
      best = index
      bestWeight = weight
    }
  }
  return best
}
