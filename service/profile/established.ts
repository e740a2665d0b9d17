import { compactHash } from './compact-hash.ts'
import type { Habit } from './habit.ts'
import { habitNames, type HabitName } from './habits.ts'
import type { Profile } from './profile.ts'
import type { Tally } from './tally.ts'

/**
 * What is counted over the senders of an installation: who links to a domain, who writes to a person, who shows a habit's value. Keys
 * are 32-bit hashes, so that a count tells of no sender.
 */
export const countedKinds = ['links', 'people', 'values'] as const
export type CountedKind = (typeof countedKinds)[number]

/** `by` is 1 for what a profile gained, -1 for what it lost. */
export type VisitChange = (kind: CountedKind, key: number, by: 1 | -1) => void

/**
 * How the counts change when a sender's profile becomes `after`: also when it forgets, un-learns or is erased (`after` empty). A
 * profile that is counted from nothing starts from the empty one. `domain` is the sender's, 0 for none: values count there too.
 * About 0.01 ms where little changed.
 */
export function eachChange(before: Profile, after: Profile, domain: number, visit: VisitChange): void {
  const value = (key: number, by: 1 | -1): void => {
    visit('values', key, by)
    if (domain !== 0) visit('values', inDomain(key, domain), by)
  }
  const existence = Number(after.messagesSeen > 0) - Number(before.messagesSeen > 0)
  if (existence !== 0) value(sendersKey, existence > 0 ? 1 : -1)
  for (const name of habitNames) eachValue(name, before.habits[name], after.habits[name], value)
  eachKey(before.linkDomains, after.linkDomains, (key, by) => visit('links', key, by))
  eachKey(before.people, after.people, (key, by) => visit('people', key, by))
}

/** Under this key stands the number of senders. */
export const sendersKey = compactHash('senders')

/** Senders with this value of a habit (as the habit keeps it: see `boundedValue`). */
export function valueKey(name: HabitName, value: string): number {
  return compactHash(`${name}\0${value}`)
}

/** Pairs of a sender and a value of this habit: what `valueKey` counts, over all values. */
export function totalKey(name: HabitName): number {
  return totalKeys[name]
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name of the table
const totalKeys = Object.fromEntries(habitNames.map((name) => [name, compactHash(name)])) as Record<
  HabitName,
  number
>

/** The key of the same thing among the senders of one domain. */
export function inDomain(key: number, domain: number): number {
  const mixed = Math.imul(key ^ (domain >>> 15) ^ Math.imul(domain, 0x9e3779b1), 0x85ebca6b)
  return (mixed ^ (mixed >>> 14)) >>> 0 || 1
}

function eachValue(
  name: HabitName,
  before: Habit,
  after: Habit,
  change: (key: number, by: 1 | -1) => void
): void {
  // A fold that meets a known value shares the list
  if (before.values === after.values) return
  const one = (value: string, by: 1 | -1): void => {
    change(valueKey(name, value), by)
    change(totalKey(name), by)
  }
  for (const value of after.values) if (!before.values.includes(value)) one(value, 1)
  for (const value of before.values) if (!after.values.includes(value)) one(value, -1)
}

function eachKey(before: Tally, after: Tally, change: (key: number, by: 1 | -1) => void): void {
  const common = Math.min(before.keys.length, after.keys.length)
  let same = 0
  while (same < common && before.keys[same] === after.keys[same]) same += 1
  const gone = before.keys.subarray(same)
  const come = after.keys.subarray(same)
  for (const key of come) if (!gone.includes(key)) change(key, 1)
  for (const key of gone) if (!come.includes(key)) change(key, -1)
}
