import { createLineReader } from '../listening/line-reader.ts'

/** Bytes ↔ requests of Postfix's policy delegation (SMTPD_POLICY_README, "Protocol description"). Pure. */

/** `name=value` lines of one request, as text. */
export type PolicyAttributes = ReadonlyMap<string, string>

export type PolicyRead =
  | { readonly kind: 'request'; readonly attributes: PolicyAttributes }
  | { readonly kind: 'broken'; readonly fault: PolicyFault }

export type PolicyFault = 'line-too-long' | 'request-too-long' | 'no-attribute'

export interface PolicyReaderLimits {
  readonly maxLineBytes: number
  readonly maxRequestBytes: number
}

export interface PolicyReader {
  /** Gives what these bytes complete, in order. After `broken` nothing more is to be given to it. */
  push(chunk: Uint8Array): Generator<PolicyRead>
  /** Whether a request has begun and not ended. */
  isWithin(): boolean
}

/** Holds at most one request and one line of it. */
export function createPolicyReader({ maxLineBytes, maxRequestBytes }: PolicyReaderLimits): PolicyReader {
  const lines = createLineReader(maxLineBytes)
  let attributes = new Map<string, string>()
  let taken = 0

  function* push(chunk: Uint8Array): Generator<PolicyRead> {
    for (const line of lines.push(chunk)) {
      const read = line === null ? broken('line-too-long') : takeLine(line)
      if (read !== undefined) yield read
    }
  }

  function takeLine(bytes: Uint8Array): PolicyRead | undefined {
    taken += bytes.length + 1
    if (taken > maxRequestBytes) return broken('request-too-long')
    const line = textOf(bytes)
    if (line === '') return endRequest()
    const equals = line.indexOf('=')
    if (equals < 1 || line.includes('\0')) return broken('no-attribute')
    const name = line.slice(0, equals)
    // Of a name that comes twice either value may be kept: the first one is the mail server's own
    if (!attributes.has(name)) attributes.set(name, line.slice(equals + 1))
    return undefined
  }

  function endRequest(): PolicyRead {
    const read = { kind: 'request', attributes } as const
    attributes = new Map()
    taken = 0
    return read
  }

  return { push, isWithin: () => taken > 0 || lines.isWithin() }
}

/** `action` is an access(5) action in one line of printable text. */
export function toPolicyReply(action: string): string {
  return `action=${action}\n\n`
}

function broken(fault: PolicyFault): PolicyRead {
  return { kind: 'broken', fault }
}

/** A carriage return before the line end is no part of the value: who tries it by hand sends one. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
