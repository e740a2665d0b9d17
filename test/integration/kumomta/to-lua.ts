/** A JSON value as an expression of Lua. Strings are bytes (latin1). */
export function toLua(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `{${value.map(toLua).join(',')}}`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `[${quote(key)}]=${toLua(item)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** What is no plain ASCII as `\ddd`. */
export function quote(text: string): string {
  const escaped = text.replaceAll(
    /[^ !#-[\]-~]/gu,
    (one) => `\\${one.charCodeAt(0).toString().padStart(3, '0')}`
  )
  return `"${escaped}"`
}
