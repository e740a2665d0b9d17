/** An enhanced mail system status code: class.subject.detail (RFC 3463). */
export type EnhancedStatus = `${2 | 4 | 5}.${number}.${number}`

/** The one at the start of a reply's text, or undefined. */
export function parseEnhancedStatus(text: string): EnhancedStatus | undefined {
  const found = /^\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/u.exec(text)?.[1]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern is the check
  return found as EnhancedStatus | undefined
}
