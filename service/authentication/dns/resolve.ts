import { Resolver } from 'node:dns/promises'

/**
 * Looks records up, as `dns.resolve` gives them: TXT as arrays of strings, MX as objects, the others as text. Rejects with an error whose
 * `code` says why: `ENOTFOUND` (no such name) and `ENODATA` (no such record) are answers; everything else is none.
 */
export type Resolve = (name: string, type: string) => Promise<readonly unknown[]>

export interface SystemResolveOptions {
  /** `127.0.0.1`, `192.0.2.1:5353`, `[::1]:53`. Empty: those of the system. */
  readonly servers: readonly string[]
  /** Of one question to one server. */
  readonly timeoutMs: number
}

/** Each server is asked twice. */
const tries = 2

/** The resolver of the installation, with its answers bounded. */
export function createSystemResolve({ servers, timeoutMs }: SystemResolveOptions): Resolve {
  const resolver = new Resolver({ timeout: timeoutMs, tries })
  if (servers.length > 0) resolver.setServers([...servers])
  return bounded(async (name, type) => listOf(await resolver.resolve(name, type)))
}

/** More records of one type, or more text in them, is nothing that mail authentication needs: whoever publishes it wants us to choke on it. */
const maxRecords = 50
const maxTextLength = 16_384
/** RFC 1035 section 2.3.4. */
const maxNameLength = 253

/** The same look-up, that neither asks for impossible names nor gives answers beyond all measure (`EBADNAME`, `EBADRESP`). */
export function bounded(resolve: Resolve): Resolve {
  return async function resolveBounded(name, type) {
    if (!isName(name)) throw dnsError('EBADNAME', type, name.slice(0, maxNameLength))
    const records = await resolve(name, type)
    const length = records.reduce<number>((sum, record) => sum + textOf(record).length, 0)
    if (records.length > maxRecords || length > maxTextLength) throw dnsError('EBADRESP', type, name)
    return records
  }
}

function isName(name: string): boolean {
  return (
    name.length <= maxNameLength && name.split('.').every((label) => label.length > 0 && label.length < 64)
  )
}

/** SOA and ANY answer otherwise; nobody here asks for them. */
function listOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : [answer]
}

export function dnsError(code: string, type: string, name: string): Error {
  return Object.assign(new Error(`${type} ${name}: ${code}`), { code })
}

/** The name server answered: there is nothing. */
export function isAbsent(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOTFOUND' || code === 'ENODATA'
}

/** Of a DNS error, else `EUNKNOWN`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'EUNKNOWN'
}

/** One record as text; the strings of a TXT record belong together (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2). */
export function textOf(record: unknown): string {
  if (Array.isArray(record)) return record.map(String).join('')
  if (typeof record === 'object' && record !== null && 'exchange' in record) return String(record.exchange)
  return String(record)
}

/** What a name has of a type: records as text, nothing, or no answer. */
export type Found =
  | { readonly kind: 'records'; readonly texts: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unanswered'; readonly code: string }

export async function find(resolve: Resolve, name: string, type: string): Promise<Found> {
  try {
    const records = await resolve(name, type)
    return records.length === 0 ? { kind: 'absent' } : { kind: 'records', texts: records.map(textOf) }
  } catch (error) {
    return isAbsent(error) ? { kind: 'absent' } : { kind: 'unanswered', code: codeOf(error) }
  }
}
