import type { Table } from '../../storage/storage.ts'

/** A bounded number of places for things found by a number, without a clean-up that could fall behind. */
export interface Slots<V> {
  /** The place and value among the two that the number may have; undefined: not there. */
  find(number: number, isIt: (value: V) => boolean): Slot<V> | undefined
  at(place: number): V | undefined
  put(place: number, value: V): void
  /** Where something new goes: of its two places the empty one, or the one whose value is worth least. */
  claim(number: number): number
}

export interface Slot<V> {
  readonly place: number
  readonly value: V
}

export interface SlotsOptions<V> {
  readonly table: Pick<Table<V>, 'get' | 'put'>
  /** At most so many values; a power of two. */
  readonly capacity: number
  /** Until when it would be kept if nothing else wanted the place (epoch ms). */
  readonly keptUntil: (value: V) => number
}

/** Two choices keep the fullest places nearly as empty as the average (Azar et al., "Balanced Allocations", 1999). */
export function createSlots<V>({ table, capacity, keptUntil }: SlotsOptions<V>): Slots<V> {
  const placesOf = (number: number): readonly [number, number] => [
    number % capacity,
    (Math.imul(number, 0x9e3779b1) >>> 0) % capacity
  ]
  return {
    find(number, isIt) {
      for (const place of placesOf(number)) {
        const value = table.get(place)
        if (value !== undefined && isIt(value)) return { place, value }
      }
      return undefined
    },
    at: (place) => table.get(place),
    put: (place, value) => table.put(place, value),
    claim(number) {
      const [one, other] = placesOf(number)
      const [inOne, inOther] = [table.get(one), table.get(other)]
      if (inOne === undefined) return one
      if (inOther === undefined) return other
      return keptUntil(inOther) < keptUntil(inOne) ? other : one
    }
  }
}
