import type { NetworkTable } from './network-table.ts'
import { createRangeMapBuilder, type RangeMap } from './range-map.ts'

/** The operators of networks, each with a place of its own; 0 is nobody. */
export interface Owners {
  placeOf(asn: number, name: string): number
  finish(): Pick<NetworkTable, 'numbers' | 'nameStarts' | 'names'>
}

const maxName = 60

export function createOwners(): Owners {
  const places = new Map<number, number>()
  const numbers = [0]
  const names = ['']
  return {
    placeOf: (asn, name) => {
      if (isNobodys(asn)) return 0
      const known = places.get(asn)
      if (known !== undefined) return known
      places.set(asn, numbers.length)
      names.push(plainName(name))
      return numbers.push(asn) - 1
    },
    finish: () => {
      const texts = names.map((name) => Buffer.from(name))
      const nameStarts = new Uint32Array(texts.length + 1)
      for (const [index, { length }] of texts.entries())
        nameStarts[index + 1] = (nameStarts[index] ?? 0) + length
      return { numbers: Uint32Array.from(numbers), nameStarts, names: Buffer.concat(texts) }
    }
  }
}

/** Who operates which addresses, from lines of `start,end,AS number,name`. IPv6 by its first 64 bits. Broken lines say nothing. */
export function readOwners(text: string, bits: 32 | 64, owners: Owners): RangeMap {
  const ranges = createRangeMapBuilder(bits)
  for (const line of text.split('\n')) {
    const [, start, end, asn, name] = /^(\d{1,39}),(\d{1,39}),(\d{1,10}),(.*)$/u.exec(line) ?? []
    if (start === undefined || end === undefined) continue
    const place = owners.placeOf(Number(asn), name ?? '')
    if (bits === 32) addRange4(Number(start), Number(end), place)
    else addRange6(BigInt(start) >> 64n, BigInt(end) >> 64n, place)
  }
  return ranges.finish()

  function addRange4(start: number, end: number, place: number): void {
    ranges.add(start, 0, place)
    if (end < 0xff_ff_ff_ff) ranges.add(end + 1, 0, 0)
  }

  function addRange6(start: bigint, end: bigint, place: number): void {
    ranges.add(Number(start >> 32n), Number(start & 0xff_ff_ff_ffn), place)
    const next = end + 1n
    if (next < 1n << 64n) ranges.add(Number(next >> 32n), Number(next & 0xff_ff_ff_ffn), 0)
  }
}

/** Numbers for everybody's private use (RFC 6996, RFC 7300), and the stand-in for those of four bytes (RFC 6793). */
function isNobodys(asn: number): boolean {
  return asn === 0 || asn === 23_456 || (asn >= 64_512 && asn <= 65_535) || asn >= 4_200_000_000
}

/** A field of RFC 4180 as one short line. */
function plainName(field: string): string {
  const text = field.startsWith('"') ? field.trim().slice(1, -1).replaceAll('""', '"') : field
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return plain.slice(0, maxName)
}
