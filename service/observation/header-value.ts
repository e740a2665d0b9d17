import type { ParsedMessage } from '../parse/parsed-message.ts'

/** Value of the last field of this lower-cased name, '' if there is none. */
export function headerValue(message: ParsedMessage, lowerName: string): string {
  const { headers } = message
  for (let index = headers.length - 1; index >= 0; index -= 1) {
    const field = headers[index]
    if (field?.name.length === lowerName.length && field.name.toLowerCase() === lowerName) return field.value
  }
  return ''
}
