import type { RequestFields } from '../rspamd/reading/request-fields.ts'

/** What SPAMC/1.5 (SpamAssassin's spamd/PROTOCOL) and RSPAMC/1.3 share: a request line, fields, an empty line, and the message. */
export interface RequestHead extends RequestLine {
  /** By lower-case name, in the order in which they came. */
  readonly fields: RequestFields
}

export interface RequestLine {
  /** Upper case: `CHECK`. */
  readonly method: string
  readonly protocol: 'RSPAMC' | 'SPAMC'
  /** 105 is version 1.5. */
  readonly version: number
}

export type HeadOutcome =
  | {
      readonly kind: 'head'
      readonly head: RequestHead
      /** Where the message begins. */
      readonly length: number
      /** Of the message; undefined: it ends where the client stops to send. */
      readonly contentLength: number | undefined
    }
  | { readonly kind: 'more' }
  | { readonly kind: 'fault'; readonly fault: HeadFault }

export type HeadFault = 'no-request' | 'bad-field' | 'bad-length' | 'head-too-large'

const lf = 0x0a
const cr = 0x0d

const maxLineBytes = 256
/** Recipients are named one a line: room for more than ten thousand of them. */
const maxHeadBytes = 1_048_576

/** The head that these bytes begin with. `seen`: as many of them were looked at before, in vain. */
export function readHead(bytes: Buffer, seen: number): HeadOutcome {
  const lineEnd = bytes.indexOf(lf)
  if (lineEnd === -1 && bytes.length <= maxLineBytes) return { kind: 'more' }
  const line = parseRequestLine(bytes.toString('latin1', 0, Math.max(0, lineEnd)).replace(/\r$/u, ''))
  if (line === null) return fault('no-request')
  // An empty line may have come in two pieces
  const length = hasFields(line) ? afterEmptyLine(bytes, Math.max(lineEnd, seen - 2)) : lineEnd + 1
  if (length === -1) return bytes.length > maxHeadBytes ? fault('head-too-large') : { kind: 'more' }
  const fields = parseFields(bytes.toString('utf8', lineEnd + 1, length))
  if (fields === null) return fault('bad-field')
  const contentLength = withoutMessage.has(line.method) ? 0 : contentLengthOf(fields)
  if (contentLength === null) return fault('bad-length')
  return { kind: 'head', head: { ...line, fields }, length, contentLength }
}

/** The first of the fields of this (lower-case) name; null where there is none or nothing stands in it. */
export function fieldOf({ fields }: RequestHead, name: string): string | null {
  const [value = ''] = fields.get(name) ?? []
  return value === '' ? null : value
}

function fault(what: HeadFault): HeadOutcome {
  return { kind: 'fault', fault: what }
}

function parseRequestLine(text: string): RequestLine | null {
  const [, method = '', protocol, major, minor] =
    /^([A-Z_]{2,16}) (R?SPAMC)\/(\d{1,2})\.(\d{1,2})$/u.exec(text) ?? []
  if (protocol !== 'RSPAMC' && protocol !== 'SPAMC') return null
  return { method, protocol, version: Number(major) * 100 + Number(minor) }
}

/** Methods that no message follows. */
const withoutMessage: ReadonlySet<string> = new Set(['PING', 'SKIP'])

/** SPAMC 1.0 knows no fields; before 1.5 what has no message has no fields either (spamd 4.0, its bug 6187). */
function hasFields({ method, protocol, version }: RequestLine): boolean {
  if (protocol === 'RSPAMC') return true
  return withoutMessage.has(method) ? version >= 105 : version > 100
}

/** Index of the first byte after an empty line; -1: there is none yet. The line end before it stands at `from` or later. */
function afterEmptyLine(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(lf, from); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at + 1] === lf) return at + 2
    if (bytes[at + 1] === cr && bytes[at + 2] === lf) return at + 3
  }
  return -1
}

/** null: a line is no field. */
function parseFields(text: string): RequestFields | null {
  const fields = new Map<string, string[]>()
  for (const line of text.split(/\r?\n/u)) {
    if (line === '') continue
    const [, name, value = ''] = /^([!-9;-~]+)[ \t]*:(\P{Cc}*)$/u.exec(line.replaceAll('\t', ' ')) ?? []
    if (name === undefined) return null
    const key = name.toLowerCase()
    const values = fields.get(key)
    if (values === undefined) fields.set(key, [value.trim()])
    else values.push(value.trim())
  }
  return fields
}

/** undefined: not given. null: no length. */
function contentLengthOf(fields: RequestFields): number | undefined | null {
  const given = fields.get('content-length')
  if (given === undefined) return undefined
  const [value = ''] = given
  return given.length === 1 && /^\d{1,15}$/u.test(value) ? Number(value) : null
}
