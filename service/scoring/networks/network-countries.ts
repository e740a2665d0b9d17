import type { Reader, Response } from 'maxmind'
import { createRangeMapBuilder, type RangeMap } from './range-map.ts'

/** Countries, each with a place of its own; 0 is none. */
export interface Places {
  placeOf(country: string): number
  names(): readonly string[]
}

export function createPlaces(): Places {
  const places = new Map([['', 0]])
  return {
    placeOf: (country) => {
      const known = places.get(country) ?? places.size
      places.set(country, known)
      return known
    },
    names: () => [...places.keys()]
  }
}

const step4 = 2 ** 32

/** The database is a tree of prefixes: each answer says how long its prefix is, and so where the next one begins. */
export function walkCountries4(reader: Reader<Response>, places: Places): RangeMap {
  const ranges = createRangeMapBuilder(32)
  for (let at = 0; at < step4;) {
    const address = `${at >>> 24}.${(at >>> 16) & 255}.${(at >>> 8) & 255}.${at & 255}`
    const [record, prefix] = reader.getWithPrefixLength(address)
    ranges.add(at, 0, places.placeOf(countryOf(record)))
    at += 2 ** (32 - prefix)
  }
  return withShortValues(ranges.finish())
}

/** 2000::/3, all that is given out (RFC 4291 section 2.4); IPv4 addresses written as IPv6 stand outside of it. */
const first6 = 0x20_00n << 48n
const end6 = 0x40_00n << 48n

export function walkCountries6(reader: Reader<Response>, places: Places): RangeMap {
  const ranges = createRangeMapBuilder(64)
  for (let at = first6; at < end6;) {
    const digits = at.toString(16)
    const address = `${digits.slice(0, 4)}:${digits.slice(4, 8)}:${digits.slice(8, 12)}:${digits.slice(12)}::`
    const [record, prefix] = reader.getWithPrefixLength(address)
    ranges.add(Number(at >> 32n), Number(at & 0xff_ff_ff_ffn), places.placeOf(countryOf(record)))
    at += 1n << BigInt(64 - Math.min(64, prefix))
  }
  ranges.add(0x40_00_00_00, 0, 0)
  return withShortValues(ranges.finish())
}

function withShortValues(ranges: ReturnType<ReturnType<typeof createRangeMapBuilder>['finish']>): RangeMap {
  return { ...ranges, values: Uint16Array.from(ranges.values) }
}

function countryOf(record: object | null): string {
  const code: unknown = record !== null && 'country_code' in record ? record.country_code : ''
  return typeof code === 'string' && /^[A-Z]{2}$/u.test(code) ? code : ''
}
