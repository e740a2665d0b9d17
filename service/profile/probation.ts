import { compactHash } from './compact-hash.ts'
import type { HabitName } from './habits.ts'

/**
 * Values that were new in messages too unlike their sender: latest seen last, bounded. They are no habits yet; what is kept of them lets a reason say that they were seen before, and lets those mature that several contacts stand beside
 * (docs/decisions/0007).
 */
export interface Probation {
  readonly keys: Uint32Array
  /** Sightings of each, at most 255. */
  readonly seen: Uint8Array
  /** Two of each: the company it was seen in, 0 for none. */
  readonly backers: Uint32Array
}

export const emptyProbation: Probation = {
  keys: new Uint32Array(0),
  seen: new Uint8Array(0),
  backers: new Uint32Array(0)
}

/** What tells an intruder from the owner: from where, by which program, to whom, pointing where. */
export const provisionalHabits = [
  'network24',
  'network16',
  'asn',
  'country',
  'heloDomain',
  'heloShape',
  'clientFamily',
  'clientFull',
  'headerOrder',
  'headerSpelling',
  'clientWithNetwork'
] as const satisfies readonly HabitName[]

export type ProvisionalKind = (typeof provisionalHabits)[number] | 'person' | 'linkDomain'

/** People and link domains by their keyed hash, as observations name them. */
export interface ProvisionalValue {
  readonly kind: ProvisionalKind
  readonly value: string
}

interface OnProbation {
  readonly probation: Probation
}

/** In how many messages a value was seen that is still on probation; 0 for one that is established, or was never seen. */
export function sightings({ probation }: OnProbation, kind: ProvisionalKind, value: string): number {
  return probation.seen[probation.keys.indexOf(keyOf({ kind, value }))] ?? 0
}

export function isProvisional(profile: OnProbation, kind: ProvisionalKind, value: string): boolean {
  return sightings(profile, kind, value) > 0
}

/**
 * Whether two other companies stood beside one of these values before: with this one they are three, each known to the sender, and
 * are believed. The same contact again and again, who may be the intruder's own address, is not enough.
 */
export function isVouchedFor(
  { keys, backers }: Probation,
  values: readonly ProvisionalValue[],
  company: number
): boolean {
  if (company === 0) return false
  return values.some((value) => {
    const place = 2 * keys.indexOf(keyOf(value))
    const others = place < 0 ? [] : backers.subarray(place, place + 2)
    return others.length === 2 && others.every((other) => other !== 0 && other !== company)
  })
}

/** Probation after a message that was too unlike its sender: these were new in it. */
export function withSightings(
  probation: Probation,
  values: readonly ProvisionalValue[],
  company: number,
  max: number
): Probation {
  const rows = new Map(rowsOf(probation))
  for (const key of new Set(values.map(keyOf))) {
    const { seen, backers } = rows.get(key) ?? { seen: 0, backers: [] }
    rows.delete(key)
    rows.set(key, { seen: Math.min(255, seen + 1), backers: backedBy(backers, company) })
  }
  return packed([...rows].slice(-max))
}

/** Probation after a message that was its sender's own: what it showed is established. */
export function withoutValues(probation: Probation, values: readonly ProvisionalValue[]): Probation {
  const matured = new Set(values.map(keyOf))
  const left = rowsOf(probation).filter(([key]) => !matured.has(key))
  return left.length === probation.keys.length ? probation : packed(left)
}

function keyOf({ kind, value }: ProvisionalValue): number {
  return compactHash(`${kind}\0${value}`)
}

interface Row {
  readonly seen: number
  readonly backers: readonly number[]
}

function rowsOf({ keys, seen, backers }: Probation): readonly (readonly [number, Row])[] {
  return Array.from(keys, (key, index) => {
    const known = Array.from(backers.subarray(2 * index, 2 * index + 2)).filter((backer) => backer !== 0)
    return [key, { seen: seen[index] ?? 0, backers: known }]
  })
}

function backedBy(backers: readonly number[], company: number): readonly number[] {
  return company === 0 || backers.includes(company) ? backers : [...backers, company].slice(0, 2)
}

function packed(rows: readonly (readonly [number, Row])[]): Probation {
  return {
    keys: Uint32Array.from(rows, ([key]) => key),
    seen: Uint8Array.from(rows, ([, { seen }]) => seen),
    backers: Uint32Array.from(rows.flatMap(([, { backers }]) => [backers[0] ?? 0, backers[1] ?? 0]))
  }
}
