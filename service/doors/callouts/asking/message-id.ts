import { fieldValue, headerFields } from '../../../message/header-block.ts'

/** RFC 5322 section 2.1.1: a line is at most 998 characters. */
const maxLength = 998

/** The value of the first Message-ID field; null: there is none that could be one. */
export function messageIdOf(raw: Uint8Array): string | null {
  for (const field of headerFields(raw)) {
    if (field.name !== 'message-id') continue
    const value = fieldValue(raw, field)
    return value === '' || value.length > maxLength ? null : value
  }
  return null
}
