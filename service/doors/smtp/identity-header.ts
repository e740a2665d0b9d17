import { fieldValue, headerFields, withoutFields } from '../../message/header-block.ts'

export interface Identified {
  /** The message without any identity header: what one network believes is nobody else's business. */
  readonly raw: Uint8Array
  /** From the topmost field, if there is one and the client may be believed. */
  readonly identity: string | null
}

/** Takes the identity header out of a message and, from a client that is trusted with it, reads it. `name` in lower case. */
export function takeIdentity(raw: Uint8Array, name: string, trusted: boolean): Identified {
  const topmost = trusted ? firstField(raw, name) : undefined
  const value = topmost === undefined ? '' : fieldValue(raw, topmost)
  return { raw: withoutFields(raw, new Set([name])), identity: isIdentity(value) ? value : null }
}

function firstField(raw: Uint8Array, name: string) {
  for (const field of headerFields(raw)) if (field.name === name) return field
  return undefined
}

function isIdentity(value: string): boolean {
  return value.length <= 254 && /^[^\s\p{Cc}]+$/u.test(value)
}
