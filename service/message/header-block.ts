/** One field of the header, by its bytes: `raw.subarray(start, end)` is the whole field with its folds and line end. */
export interface FieldSpan {
  /** Lower case. */
  readonly name: string
  readonly start: number
  readonly end: number
}

const lf = 0x0a
const cr = 0x0d
const space = 0x20
const tab = 0x09
const colon = 0x3a

/** A field name longer than this is no field name (RFC 5322 section 2.1.1 bounds the whole line at 998). */
const maxNameLength = 998

/** Where the header ends: the index of the empty line that parts it from the body, or the length if there is none. */
export function headerLength(raw: Uint8Array): number {
  for (let start = 0; start < raw.length;) {
    if (isLineEnd(raw, start)) return start
    start = nextLine(raw, start)
  }
  return raw.length
}

/**
 * The fields of the header in order, found by bytes alone so that a message can be edited without being re-written.
 * Lines that are no field (no colon, as mbox `From `) are passed over.
 */
export function* headerFields(raw: Uint8Array): Generator<FieldSpan> {
  for (let start = 0; start < raw.length && !isLineEnd(raw, start);) {
    let end = nextLine(raw, start)
    while (end < raw.length && (raw[end] === space || raw[end] === tab)) end = nextLine(raw, end)
    const name = fieldName(raw, start, end)
    if (name !== undefined) yield { name, start, end }
    start = end
  }
}

/** The value of a field, unfolded, as latin1 text without its line ends. */
export function fieldValue(raw: Uint8Array, { start, end }: FieldSpan): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset + start, end - start).toString('latin1')
  return text
    .slice(text.indexOf(':') + 1)
    .replaceAll(/\r?\n/gu, '')
    .trim()
}

/** The value of the topmost field of this (lower-case) name; null: there is none. */
export function topmostValue(raw: Uint8Array, name: string): string | null {
  for (const field of headerFields(raw)) if (field.name === name) return fieldValue(raw, field)
  return null
}

/** The same message without the fields of these (lower-case) names. Gives `raw` itself where there is none. */
export function withoutFields(raw: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const kept: Uint8Array[] = []
  let from = 0
  for (const field of headerFields(raw)) {
    if (!names.has(field.name)) continue
    kept.push(raw.subarray(from, field.start))
    from = field.end
  }
  return from === 0 ? raw : Buffer.concat([...kept, raw.subarray(from)])
}

function fieldName(raw: Uint8Array, start: number, end: number): string | undefined {
  const last = Math.min(end, start + maxNameLength)
  let at = start
  while (at < last && raw[at] !== colon) {
    const byte = raw[at] ?? 0
    if (byte < 0x21 || byte > 0x7e) break
    at += 1
  }
  const nameEnd = at
  // RFC 5322 section 4.5.8: obsolete syntax allows blanks before the colon; hiding a Bcc that way must not work
  while (at < last && (raw[at] === space || raw[at] === tab)) at += 1
  if (raw[at] !== colon || nameEnd === start) return undefined
  return Buffer.from(raw.buffer, raw.byteOffset + start, nameEnd - start)
    .toString('latin1')
    .toLowerCase()
}

function isLineEnd(raw: Uint8Array, at: number): boolean {
  return raw[at] === lf || (raw[at] === cr && raw[at + 1] === lf)
}

function nextLine(raw: Uint8Array, from: number): number {
  const at = raw.indexOf(lf, from)
  return at === -1 ? raw.length : at + 1
}
