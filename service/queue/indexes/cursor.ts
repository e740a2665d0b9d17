/** Where a page of a list ended, as opaque text for the caller. */
export type CursorKey = readonly (string | number)[]

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** undefined for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): CursorKey | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return isKey(key) ? key : undefined
  } catch {
    return undefined
  }
}

function isKey(value: unknown): value is CursorKey {
  return (
    Array.isArray(value) &&
    value.length <= 3 &&
    value.every((part) => typeof part === 'string' || Number.isFinite(part))
  )
}
