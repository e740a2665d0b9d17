import { crc32 } from 'node:zlib'
import { createByteReader, joinBytes } from '../../profile/number-bytes.ts'
import type { NetworkTable } from './network-table.ts'
import type { RangeMap } from './range-map.ts'

/** What stands before the arrays of an encoded table. */
interface Head {
  readonly format: 1
  /** What the table was made from: another version, another table. */
  readonly version: string
  readonly countries: readonly string[]
  /** Lengths of the arrays. */
  readonly sizes: readonly number[]
  readonly crc: number
}

/** Length of the head (32 bits, little-endian), the head as JSON, the arrays. In this machine's byte order: a cache, not a format to share. */
export function encodeNetworkTable(table: NetworkTable, version: string): Uint8Array {
  const { owners4, owners6, countries4, countries6, numbers, nameStarts, names } = table
  const maps = [owners4, owners6, countries4, countries6].flatMap(({ high, low, values }) => [
    high,
    low,
    values
  ])
  const arrays = [...maps, numbers, nameStarts, names]
  const body = joinBytes(arrays)
  const sizes = arrays.map((array) => array.length)
  const head: Head = { format: 1, version, countries: table.countries, sizes, crc: crc32(body) }
  const json = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  return Buffer.concat([length, json, body])
}

/** The table in these bytes; undefined if they hold another version, or are damaged. About 15 ms. */
export function decodeNetworkTable(bytes: Uint8Array, version: string): NetworkTable | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const bodyStart = buffer.length < 4 ? 0 : 4 + buffer.readUInt32LE()
  const head = readHead(buffer.toString('utf8', 4, Math.min(bodyStart, maxHeadLength)))
  const body = buffer.subarray(bodyStart)
  if (head?.format !== 1 || head.version !== version || head.crc !== crc32(body)) return undefined
  const read = createByteReader(body, head.sizes)
  const owners = (): RangeMap => ({ high: read.uint32(), low: read.uint32(), values: read.uint32() })
  const places = (): RangeMap => ({ high: read.uint32(), low: read.uint32(), values: read.uint16() })
  return {
    owners4: owners(),
    owners6: owners(),
    countries4: places(),
    countries6: places(),
    countries: head.countries,
    numbers: read.uint32(),
    nameStarts: read.uint32(),
    names: read.uint8()
  }
}

const maxHeadLength = 65_536

/** The checksum covers the arrays; a head that reads as JSON with our version is one that we wrote. */
function readHead(text: string): Head | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- format, version and checksum are compared before the rest is used
    return JSON.parse(text) as Head
  } catch {
    return undefined
  }
}
