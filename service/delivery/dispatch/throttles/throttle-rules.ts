/** What a throttle counts together: a destination's hosts, a route, a sender. */
export type ThrottleScope = 'destination' | 'route' | 'sender'

/** A `[[throttles]]` entry. */
export interface ThrottleRule extends Limits {
  readonly per: ThrottleScope
  /**
   * Of what `per` names; empty = all. A destination by its domain or the name of one of its hosts, a sender by address or domain;
   * `*.example.com` for all below.
   */
  readonly match: readonly string[]
  /** Only over these; empty = all. */
  readonly routes: readonly string[]
}

export interface Limits {
  readonly messagesPerMinute?: number | undefined
  readonly messagesPerHour?: number | undefined
  /** At once. */
  readonly maxConnections?: number | undefined
  readonly maxMessagesPerConnection?: number | undefined
  readonly maxRecipientsPerMessage?: number | undefined
}

/** What is throttled: its names (a destination's domain and hosts), and the route where that matters. */
export interface Throttled {
  readonly per: ThrottleScope
  readonly names: readonly string[]
  readonly route: string | null
}

const limitNames = [
  'messagesPerMinute',
  'messagesPerHour',
  'maxConnections',
  'maxMessagesPerConnection',
  'maxRecipientsPerMessage'
] as const satisfies readonly (keyof Limits)[]

/** Pure. Each limit is that of the first rule that matches and states it. */
export function limitsFor(rules: readonly ThrottleRule[], throttled: Throttled): Limits {
  const matching = rules.filter((rule) => applies(rule, throttled))
  const limits: Partial<Record<keyof Limits, number>> = {}
  for (const name of limitNames) {
    const found = matching.find((rule) => rule[name] !== undefined)?.[name]
    if (found !== undefined) limits[name] = found
  }
  return limits
}

function applies({ per, match, routes }: ThrottleRule, { per: scope, names, route }: Throttled): boolean {
  if (per !== scope) return false
  if (routes.length > 0 && (route === null || !routes.includes(route))) return false
  return match.length === 0 || match.some((pattern) => names.some((name) => isNamed(pattern, name)))
}

function isNamed(pattern: string, name: string): boolean {
  const [wanted, found] = [pattern.toLowerCase(), name.toLowerCase()]
  if (wanted.startsWith('*.')) return found.endsWith(wanted.slice(1))
  return wanted === found || found.endsWith(`@${wanted}`)
}
