import { headerFields, headerLength, type FieldSpan } from '../../../message/header-block.ts'

export interface HeaderEdits {
  /** By lower-case name: 0 stands for all fields of the name, n for its n-th, -n for its n-th from the end. */
  readonly remove: ReadonlyMap<string, readonly number[]>
  readonly add: readonly AddedField[]
}

export interface AddedField {
  readonly name: string
  /** In one line. */
  readonly value: string
  readonly place: 'top' | 'bottom'
}

/** The message in two parts that share its memory where they can: its header with the edits, and the rest. Lines end with CRLF. */
export function editHeader(
  raw: Uint8Array,
  { remove, add }: HeaderEdits
): readonly [header: Buffer, rest: Uint8Array] {
  const end = headerLength(raw)
  const kept: Uint8Array[] = []
  let from = 0
  for (const { start, end: next } of removed(raw, remove)) {
    kept.push(raw.subarray(from, start))
    from = next
  }
  const old = Buffer.concat([...kept, raw.subarray(from, end)])
  return [Buffer.concat([written(add, 'top'), old, written(add, 'bottom')]), raw.subarray(end)]
}

function removed(raw: Uint8Array, remove: HeaderEdits['remove']): readonly FieldSpan[] {
  const byName = new Map<string, FieldSpan[]>()
  for (const field of headerFields(raw)) {
    const { name } = field
    if (!remove.has(name)) continue
    const same = byName.get(name)
    if (same === undefined) byName.set(name, [field])
    else same.push(field)
  }
  return [...byName]
    .flatMap(([name, fields]) => chosen(fields, remove.get(name) ?? []))
    .toSorted((one, other) => one.start - other.start)
}

function chosen(fields: readonly FieldSpan[], places: readonly number[]): readonly FieldSpan[] {
  if (places.includes(0)) return fields
  const indexes = new Set(places.map((place) => (place > 0 ? place - 1 : fields.length + place)))
  return fields.filter((_, index) => indexes.has(index))
}

function written(add: readonly AddedField[], place: AddedField['place']): Buffer {
  const lines = add.filter((field) => field.place === place).map(({ name, value }) => `${name}: ${value}\r\n`)
  return Buffer.from(lines.join(''))
}
