/**
 * Decodes RFC 4648 section 4 base64, or gives undefined. Node's decoder skips what it does not know, so that a message could be scored
 * without the bytes that it will be sent with; here every character has to count. Costs no second pass over the text.
 */
export function decodeStrictBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined
  const bytes = Buffer.from(text, 'base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (bytes.length !== (text.length / 4) * 3 - padding) return undefined
  return isCanonicalEnd(text, bytes, padding) ? bytes : undefined
}

/** RFC 4648 section 3.5: the bits that padding leaves over are zero. */
function isCanonicalEnd(text: string, bytes: Buffer, padding: number): boolean {
  if (padding === 0) return true
  return bytes.toString('base64', bytes.length - (3 - padding)) === text.slice(-4)
}
