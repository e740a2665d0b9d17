import { topmostValue, withoutFields } from './header-block.ts'

/** A field by which a trusted client says for whom it sends. */
export interface IdentityHeader {
  /** Lower case. */
  readonly name: string
  /** Where the identity stands in the value: its first group, else the whole match. null: the value is the identity. */
  readonly pattern: RegExp | null
}

/** As the configuration writes it; null where it names no field. `pattern` was checked when it was read. */
export function createIdentityHeader(name: string, pattern: string | undefined): IdentityHeader
export function createIdentityHeader(
  name: string | undefined,
  pattern: string | undefined
): IdentityHeader | null
export function createIdentityHeader(
  name: string | undefined,
  pattern: string | undefined
): IdentityHeader | null {
  if (name === undefined) return null
  return { name: name.toLowerCase(), pattern: pattern === undefined ? null : new RegExp(pattern, 'iu') }
}

export interface Identified {
  /** The message without any identity header: what one network believes is nobody else's business. */
  readonly raw: Uint8Array
  /** From the topmost field, if there is one and the client may be believed. */
  readonly identity: string | null
}

/** A longer value names nobody; it also bounds what a pattern has to look at. */
export const maxIdentityHeaderLength = 254

/** What the field says of `user`: nothing, where there is nobody or where a name of that form would not be believed. */
export function identityValue(user: string | null): string {
  return user !== null && user.length <= maxIdentityHeaderLength && isName(user) ? user : ''
}

/** Takes the identity header out of a message and, from a client that is trusted with it, reads it: whoever wrote the lower ones is not. */
export function takeIdentity(raw: Uint8Array, header: IdentityHeader, trusted: boolean): Identified {
  const value = (trusted ? topmostValue(raw, header.name) : null) ?? ''
  const identity = value.length <= maxIdentityHeaderLength ? nameIn(value, header.pattern) : ''
  return {
    raw: withoutFields(raw, new Set([header.name])),
    identity: isName(identity) ? identity : null
  }
}

function isName(text: string): boolean {
  return /^[^\s\p{Cc}]+$/u.test(text)
}

function nameIn(value: string, pattern: RegExp | null): string {
  if (pattern === null) return value
  const match = pattern.exec(value)
  return match?.[1] ?? match?.[0] ?? ''
}
