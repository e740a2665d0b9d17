import { topmostValue } from '../../../message/header-block.ts'

/** RFC 5322 section 2.1.1: a line is at most 998 characters. */
const maxLength = 998

/** The value of the first Message-ID field; null: there is none that could be one. */
export function messageIdOf(raw: Uint8Array): string | null {
  const value = topmostValue(raw, 'message-id') ?? ''
  return value === '' || value.length > maxLength ? null : value
}
