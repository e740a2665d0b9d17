import { RspamdError } from '../rspamd-error.ts'

/** What a request says beside its message: by lower-case name all values in order. */
export type RequestFields = ReadonlyMap<string, readonly string[]>

/** Header fields, as Node's `rawHeaders` has them (its `headers` drops a second `From`), and query parameters: rspamd makes no difference. */
export function requestFields(rawHeaders: readonly string[], query: URLSearchParams): RequestFields {
  const fields = new Map<string, string[]>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    add(fields, rawHeaders[at] ?? '', decode(rawHeaders[at + 1] ?? ''))
  for (const [name, value] of query) add(fields, name, value)
  return fields
}

function add(fields: Map<string, string[]>, name: string, value: string): void {
  const key = name.toLowerCase()
  const values = fields.get(key)
  if (values === undefined) fields.set(key, [value.trim()])
  else values.push(value.trim())
}

/** The value of a field that there is one of; null: it is not there, or empty. Throws where two values contradict each other. */
export function oneOf(fields: RequestFields, name: string): string | null {
  const [value = '', ...others] = fields.get(name) ?? []
  if (others.some((other) => other !== value))
    throw new RspamdError(400, `there are several different ${name} headers`)
  return value === '' ? null : value
}

/** Comma-separated lists, of which there may be several: `Flags: milter,body_block`. */
export function listOf(fields: RequestFields, name: string): readonly string[] {
  return (fields.get(name) ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Node reads header fields as latin1; addresses may be UTF-8 (RFC 6531). */
function decode(value: string): string {
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\u0000-\u007f]*$/u.test(value)) return value
  try {
    return utf8.decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}
