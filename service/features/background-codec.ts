import { gramBuckets, rateNames, wordBuckets } from '../observation/observation.ts'
import { habitNames, type HabitName } from '../profile/habits.ts'
import { volumeNames } from '../profile/profile.ts'
import type { Background, Spread, ValueCounts } from './background.ts'
import { noInstallation } from './installation.ts'

/**
 * A background as bytes: length of the head (32 bits, little-endian), the head as JSON, words and weights of grams as 32-bit
 * floats, little-endian. Exact: what was trained beside it is what serves.
 */
export function encodeBackground(background: Background): Uint8Array {
  const { senders, hours, weekdays, rates, volumes } = background
  const habits = Array.from(background.habits, ([name, { total, distinct, values }]) => {
    return { name, total, distinct, values: Array.from(values) }
  })
  const head = new TextEncoder().encode(
    JSON.stringify({ version: 1, senders, hours, weekdays, rates, volumes, habits })
  )
  const bytes = new Uint8Array(4 + head.length + 4 * wordBuckets + 4 * gramBuckets)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, head.length, true)
  bytes.set(head, 4)
  const words = 4 + head.length
  for (const [index, share] of background.words.entries()) view.setFloat32(words + 4 * index, share, true)
  const grams = words + 4 * wordBuckets
  for (const [index, weight] of background.gramWeights.entries())
    view.setFloat32(grams + 4 * index, weight, true)
  return bytes
}

/** The background in these bytes. Throws a RangeError, SyntaxError or TypeError if they are not one. */
export function decodeBackground(bytes: Uint8Array): Background {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = 4 + view.getUint32(0, true)
  const grams = words + 4 * wordBuckets
  if (bytes.byteLength !== grams + 4 * gramBuckets)
    throw new RangeError(`a background of ${bytes.byteLength} bytes`)
  const head = fieldsOf(
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, words)))
  )
  if (head['version'] !== 1) throw new TypeError('a background of another version')
  return {
    senders: numberIn(head, 'senders'),
    habits: habitsIn(head),
    hours: numbersIn(head, 'hours', 24),
    weekdays: numbersIn(head, 'weekdays', 7),
    words: floatsAt(view, words, wordBuckets),
    gramWeights: floatsAt(view, grams, gramBuckets),
    rates: spreadIn(head, 'rates', rateNames.length),
    volumes: spreadIn(head, 'volumes', volumeNames.length),
    without: [],
    installation: noInstallation
  }
}

function floatsAt(view: DataView, offset: number, length: number): Float32Array {
  const floats = new Float32Array(length)
  for (let index = 0; index < length; index++) floats[index] = view.getFloat32(offset + 4 * index, true)
  return floats
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new TypeError('a background without fields')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any object can be read as fields of unknown type
  return value as Fields
}

function numberIn(fields: Fields, name: string): number {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new TypeError(`a background whose ${name} is no number`)
  return value
}

function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name]
  if (!Array.isArray(value)) throw new TypeError(`a background whose ${name} is no list`)
  return value
}

function numbersIn(fields: Fields, name: string, length: number): readonly number[] {
  const list = listIn(fields, name)
  const numbers = list.filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
  if (list.length !== length || numbers.length !== length)
    throw new TypeError(`a background without ${length} ${name}`)
  return numbers
}

function spreadIn(fields: Fields, name: string, length: number): Spread {
  const spread = fieldsOf(fields[name])
  return {
    means: numbersIn(spread, 'means', length),
    deviations: numbersIn(spread, 'deviations', length)
  }
}

function habitsIn(head: Fields): ReadonlyMap<HabitName, ValueCounts> {
  const habits = new Map<HabitName, ValueCounts>()
  for (const entry of listIn(head, 'habits')) {
    const fields = fieldsOf(entry)
    const name = habitNames.find((known) => known === fields['name'])
    if (name === undefined) continue
    const values = listIn(fields, 'values').map(valueCount)
    habits.set(name, {
      total: numberIn(fields, 'total'),
      distinct: numberIn(fields, 'distinct'),
      values: new Map(values)
    })
  }
  return habits
}

function valueCount(entry: unknown): readonly [string, number] {
  const pair: readonly unknown[] = Array.isArray(entry) ? entry : []
  const [value, senders] = pair
  if (typeof value !== 'string' || typeof senders !== 'number')
    throw new TypeError('a background with a broken value')
  return [value, senders]
}
