import type { DomainKeys, Generation, GenerationState, KeyRecord } from './domain-keys.ts'
import { keyRecordsOf } from './domain-keys.ts'

/** What one step did, and so what is to do next. */
export type RotationStep =
  /** New keys: their records are to be published. */
  | { readonly kind: 'made'; readonly generation: Generation }
  /** Not every record is in DNS yet. */
  | { readonly kind: 'unpublished'; readonly generation: Generation; readonly missing: readonly KeyRecord[] }
  /** Every record is there; the keys sign from `activeFrom` (epoch ms) on, with the step after it. */
  | { readonly kind: 'published'; readonly generation: Generation; readonly activeFrom: number }
  | { readonly kind: 'activated'; readonly generation: Generation; readonly retired: Generation | null }
  /** Nothing to do before `until` (epoch ms): mail signed by the old keys may be under way. */
  | { readonly kind: 'keeping'; readonly generation: Generation; readonly until: number }
  /** Its private keys are destroyed; its records may go. */
  | { readonly kind: 'removed'; readonly generation: Generation; readonly names: readonly string[] }
  /** Everything is in order. Only where no new generation was asked for. */
  | { readonly kind: 'active'; readonly generation: Generation }

export interface RotationOptions {
  /** Epoch ms. */
  readonly now: number
  /** Which of these records DNS does not show as they should be. */
  readonly missing: (records: readonly KeyRecord[]) => Promise<readonly KeyRecord[]>
  readonly make: (number: number, now: number) => Promise<Generation>
  /** Makes a new generation where everything is in order. */
  readonly begin: boolean
  /** Waits for nothing but DNS: for keys that somebody else may have. */
  readonly hurry?: boolean
}

const hour = 3_600_000
/** Between seeing a record and signing by it: by then the secondary name servers have it, and resolvers that asked too early ask again. */
export const settleMs = hour
/**
 * How long records stay after their keys signed the last message. The host that we handed it to may try for 5 days (RFC 5321 section
 * 4.5.4.1), and the receiver's filters and forwarders look at it again for a while.
 */
export const keepMs = 7 * 24 * hour
/** Generations of which only the selectors are left. */
const removedKept = 3

/** The next step of a domain's keys, one at a time; the same call again, before anything has changed, does nothing. */
export async function advance(
  keys: DomainKeys,
  options: RotationOptions
): Promise<{ readonly keys: DomainKeys; readonly step: RotationStep }> {
  const { now, hurry = false } = options
  const coming = newest(keys, 'prepared', 'published')
  if (coming !== undefined) return introduce(keys, coming, options)
  const retired = newest(keys, 'retired')
  if (retired !== undefined) {
    const until = at(retired, 'retired') + keepMs
    if (now < until && !hurry) return { keys, step: { kind: 'keeping', generation: retired, until } }
    return remove(keys, retired, now)
  }
  const active = newest(keys, 'active')
  if (active !== undefined && !options.begin) return { keys, step: { kind: 'active', generation: active } }
  const last = Math.max(0, ...keys.generations.map(({ number }) => number))
  const made = await options.make(last + 1, now)
  return {
    keys: { ...keys, generations: [...keys.generations, made] },
    step: { kind: 'made', generation: made }
  }
}

async function introduce(keys: DomainKeys, coming: Generation, { now, missing, hurry }: RotationOptions) {
  const absent = await missing(keyRecordsOf(keys.domain, coming))
  if (absent.length > 0)
    return { keys, step: { kind: 'unpublished', generation: coming, missing: absent } } as const
  const published = coming.state === 'prepared' ? moved(coming, 'published', now) : coming
  const activeFrom = at(published, 'published') + settleMs
  // Where nothing signs yet a signature that some cannot check is no worse than none
  const mayWait = newest(keys, 'active') !== undefined && hurry !== true
  if (mayWait && now < activeFrom)
    return {
      keys: replaced(keys, [published]),
      step: { kind: 'published', generation: published, activeFrom }
    } as const
  return activate(keys, published, now)
}

function activate(keys: DomainKeys, coming: Generation, now: number) {
  const before = newest(keys, 'active')
  const generation = moved(coming, 'active', now)
  const retired = before === undefined ? null : moved(before, 'retired', now)
  const step = { kind: 'activated', generation, retired } as const
  return { keys: replaced(keys, retired === null ? [generation] : [generation, retired]), step }
}

function remove(keys: DomainKeys, retired: Generation, now: number) {
  const names = keyRecordsOf(keys.domain, retired).map(({ name }) => name)
  const emptied = retired.keys.map((key) => ({ ...key, privateKey: '' }))
  const generation = { ...moved(retired, 'removed', now), keys: emptied }
  const step = { kind: 'removed', generation, names } as const
  const generations = replaced(keys, [generation]).generations
  const old = generations.filter(({ state }) => state === 'removed').slice(0, -removedKept)
  return { keys: { ...keys, generations: generations.filter((one) => !old.includes(one)) }, step }
}

export function newest(
  { generations }: DomainKeys,
  ...states: readonly GenerationState[]
): Generation | undefined {
  return generations.findLast(({ state }) => states.includes(state))
}

function moved(generation: Generation, state: GenerationState, now: number): Generation {
  return { ...generation, state, since: { ...generation.since, [state]: new Date(now).toISOString() } }
}

function at({ since }: Generation, state: GenerationState): number {
  return Date.parse(since[state] ?? since.prepared)
}

function replaced(keys: DomainKeys, changed: readonly Generation[]): DomainKeys {
  const byNumber = new Map(changed.map((one) => [one.number, one]))
  return { ...keys, generations: keys.generations.map((one) => byNumber.get(one.number) ?? one) }
}
