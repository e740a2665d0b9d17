import type { Table } from '../../storage/storage.ts'
import { bandsOf, likeness, sketchOf, type Fingerprint } from './body-fingerprint.ts'
import type { BodyMark, CampaignEvidence, Sighting } from './campaign-memory.ts'
import { day, isKnown, isRelated, seenFlag, weightAt, windowMs, withSeen, type Seen } from './sightings.ts'
import { createSlots, type Slot } from './slots.ts'

/** Bodies that say nearly the same, and who sent them. */
export interface BodyRecord {
  /** Of the first of them. */
  readonly sketch: Uint8Array
  readonly lastAt: number
  readonly mark: BodyMark
  readonly seen: readonly Seen[]
}

export interface BodyTables {
  readonly bodies: Pick<Table<BodyRecord>, 'get' | 'put'>
  /** By band: where a body with that band may stand, and 32 bits of the band to know it by. */
  readonly bands: Pick<Table<number>, 'get' | 'put'>
}

type BodyEvidence = Pick<
  CampaignEvidence,
  'bodyMark' | 'sameBodySenders' | 'sameBodyWeight' | 'sameBodyStopped'
>

export interface BodyMemory {
  recall(sighting: Sighting): BodyEvidence
  record(sighting: Sighting, next: Seen): void
  mark(fingerprint: Fingerprint, mark: BodyMark, at: number): void
}

export const bodyCapacity = 2 ** 17
/** A power of two, twice the bodies: a pointer that another one overwrites is found by the others. */
const bandCapacity = 2 ** 18

/** Words in common (of all words of both) from which two bodies count as one: each may have replaced 15 % of them. */
const leastAlike = 0.55
/** A block rests on it, or that nothing is said of it: nearly nothing but names and numbers may differ. Less alike, the operator's word counts as two messages stopped. */
const leastAlikeOfMarked = 0.8
const stoppedByMark = 2
const markedMs = 90 * day

/** A template that three senders used a week ago and that nobody stopped is established; what a sender sent yesterday is its own habit. */
const establishedMs = 7 * day
const establishedSenders = 3
const ownHabitMs = day

export const noBody: BodyEvidence = {
  bodyMark: 'none',
  sameBodySenders: 0,
  sameBodyWeight: 0,
  sameBodyStopped: 0
}

export function createBodyMemory({ bodies, bands }: BodyTables): BodyMemory {
  const slots = createSlots({ table: bodies, capacity: bodyCapacity, keptUntil })
  return {
    recall(sighting) {
      if (sighting.fingerprint === null) return noBody
      const { sketch, slot } = look(sighting.fingerprint)
      return slot === undefined ? noBody : evidenceOf(slot.value, sketch, sighting)
    },
    record({ fingerprint, at }, next) {
      if (fingerprint === null) return
      const found = look(fingerprint)
      if (found.slot !== undefined && isKnown(found.slot.value.seen, next)) return
      const { sketch, slot } = found
      const before = slot?.value ?? { sketch, lastAt: at, mark: 'none', seen: [] }
      const seen = withSeen(before.seen, next)
      write(found, { ...before, lastAt: Math.max(before.lastAt, at), seen })
    },
    mark(fingerprint, mark, at) {
      const found = look(fingerprint)
      const { sketch, slot } = found
      const before = slot?.value ?? { lastAt: at, seen: [] }
      write(found, { ...before, sketch, mark, lastAt: Math.max(before.lastAt, at) })
    }
  }

  /** The most alike of the bodies that share a band. */
  function look(fingerprint: Fingerprint): Look {
    const sketch = sketchOf(fingerprint)
    const numbers = bandsOf(sketch)
    const pointers = numbers.map((number, band) => bands.get(bandKey(band, number)))
    const places = new Set(pointers.map((pointer, band) => placeIn(pointer, numbers[band] ?? 0)))
    let slot: Slot<BodyRecord> | undefined
    let alike = leastAlike
    for (const place of places) {
      const value = place === undefined ? undefined : slots.at(place)
      if (place === undefined || value === undefined) continue
      const likely = likeness(sketch, value.sketch)
      if (likely < alike) continue
      slot = { place, value }
      alike = likely
    }
    return { sketch, numbers, pointers, slot }
  }

  function write({ numbers, pointers, slot }: Look, value: BodyRecord): void {
    const place = slot?.place ?? slots.claim(numbers[0] ?? 0)
    slots.put(place, value)
    for (const [band, number] of numbers.entries()) {
      const pointer = place * 2 ** 32 + number
      if (pointers[band] !== pointer) bands.put(bandKey(band, number), pointer)
    }
  }
}

interface Look {
  readonly sketch: Uint8Array
  readonly numbers: readonly number[]
  readonly pointers: readonly (number | undefined)[]
  readonly slot: Slot<BodyRecord> | undefined
}

/** Once seen: as long as the window matters. From several senders: long enough to know a template by. Marked: a season. */
function keptUntil({ lastAt, mark, seen }: BodyRecord): number {
  if (mark !== 'none') return lastAt + markedMs
  return lastAt + (seen.length > 1 ? 30 * day : 3 * windowMs)
}

function bandKey(band: number, number: number): number {
  return band * bandCapacity + (number % bandCapacity)
}

function placeIn(pointer: number | undefined, number: number): number | undefined {
  return pointer !== undefined && pointer % 2 ** 32 === number ? Math.floor(pointer / 2 ** 32) : undefined
}

function evidenceOf(body: BodyRecord, sketch: Uint8Array, sighting: Sighting): BodyEvidence {
  const { mark, seen } = body
  const { sender, at } = sighting
  const inForce = at - body.lastAt < markedMs ? mark : 'none'
  const bodyMark = likeness(sketch, body.sketch) >= leastAlikeOfMarked ? inForce : 'none'
  if (bodyMark === 'good') return { ...noBody, bodyMark }
  const known = inForce === 'bad' ? stoppedByMark : 0
  const others = seen.filter((one) => one[0] !== sender && weightAt(at, one) > 0)
  const stopped = others.filter((one) => has(one, seenFlag.stopped))
  const settled = isEstablished(seen, at) || isOwnHabit(seen, sighting)
  return {
    bodyMark,
    sameBodySenders: others.length,
    sameBodyWeight: settled ? 0 : sum(others, (one) => weightAt(at, one) * reach(one, sighting)),
    sameBodyStopped: known + sum(stopped, (one) => weightAt(at, one))
  }
}

function isEstablished(seen: readonly Seen[], at: number): boolean {
  const early = seen.filter((one) => at - one[2] >= establishedMs && !has(one, seenFlag.stopped))
  return early.length >= establishedSenders
}

function isOwnHabit(seen: readonly Seen[], { sender, at }: Sighting): boolean {
  return seen.some((one) => one[0] === sender && at - one[2] >= ownHabitMs && !has(one, seenFlag.stopped))
}

/**
 * 1 if both write to strangers, one half if each does so or shows a link domain new to him, or where the message leads only where its
 * sender always leads: shops with the same software send the same words, each with its own address.
 */
function reach(one: Seen, { circle, toStrangers, links }: Sighting): number {
  if (isRelated(one, circle)) return 0
  const leadsHome = links.length > 0 && links.every(({ use }) => use === 'habitual')
  if (toStrangers && has(one, seenFlag.toStrangers)) return leadsHome ? 0.5 : 1
  const reaches = toStrangers || links.some(({ use }) => use === 'fresh')
  return reaches && has(one, seenFlag.toStrangers | seenFlag.freshLink) ? 0.5 : 0
}

function has([, , , , flags]: Seen, wanted: number): boolean {
  return (flags & wanted) !== 0
}

function sum(seen: readonly Seen[], weigh: (one: Seen) => number): number {
  return seen.reduce((total, one) => total + weigh(one), 0)
}
