import { isIP } from 'node:net'
import { z } from 'zod'
import { count, host, port } from './schema-values.ts'

const name = z.string().regex(/^[\w.-]{1,64}$/u, 'may hold letters, digits, dots, hyphens and underscores')

/** `example.org`, or `*.example.org` for every name below it. */
const domainPattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:\*\.)?[^\s@*<>",;]+$/u, 'is not a domain such as example.org or *.example.org')

/** Somebody, everybody of a domain, or of the domains below one. */
const senderPattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?:[^\s@*<>",;]+@)?(?:\*\.)?[^\s@*<>",;]+$/u,
    'is not a sender such as alice@example.org, example.org or *.example.org'
  )
  .refine((text) => !/@\*/u.test(text), 'has a * behind an @: write the domain alone')

const warmUpSchema = z.strictObject({
  /** The first day on which the route sends, UTC. */
  startedAt: z.iso.date(),
  /** Messages to each group of destinations on the first day, the second, …; after the last there is no limit. */
  ladder: z.array(count).min(1).max(90)
})

/** LMTP has a port of its own by custom, and so has SMTP over TLS (RFC 8314). */
const defaultPorts = { lmtp: 24, smtps: 465, smtp: 25 } as const

const routeFields = z.strictObject({
  name,
  /** `local`: a mailbox store of ours. */
  kind: z.enum(['mx', 'smarthost', 'local']),
  /** Of `local`. LMTP answers for each recipient after the message (RFC 2033), so that one full mailbox stops nobody else's mail. */
  protocol: z.enum(['lmtp', 'smtp']).default('lmtp'),
  host: host.optional(),
  /** Default: 25; 24 for LMTP, 465 for implicit TLS. */
  port: port.min(1).optional(),
  user: z.string().optional(),
  /** Better given as `passwordFile`: its first line is read at start. */
  password: z.string().optional(),
  passwordFile: z.string().optional(),
  /** What we call ourselves on this route; default is `smtp.hostname`. */
  ehlo: z.string().optional(),
  /**
   * The local address that connections are bound to: what SPF, reverse names and blocklists know us by. With an IPv4 address no IPv6 host is
   * asked; with an IPv6 address hosts that have IPv4 alone are reached from whatever address the system takes, instead of not at all.
   */
  sourceAddress: z
    .string()
    .refine((text) => isIP(text) !== 0, 'is not an IP address')
    .optional(),
  tls: z.enum(['opportunistic', 'required', 'implicit', 'off']).default('opportunistic'),
  /** Loopback, private and metadata addresses are refused unless the route says so (no SSRF by MX record). */
  allowPrivate: z.boolean().default(false),
  /** Recipients' domains. Empty = every domain. */
  domains: z.array(domainPattern).default([]),
  /** Empty = everybody. */
  senders: z.array(senderPattern).default([]),
  /** Empty = every label. */
  labels: z.array(z.enum(['urgent', 'normal', 'bulk'])).default([]),
  /** Routes of the same pool share the mail that they take. */
  pool: name.optional(),
  /** Its share of the pool's mail, compared with the others'. */
  weight: z.number().positive().max(1_000_000).default(1),
  /** The route that takes over where this one is bad; of a pool: see `[[pools]]`. */
  fallback: name.optional(),
  /** Slow start of a fresh address. */
  warmUp: warmUpSchema.optional()
})

export const routeSchema = routeFields.transform((route) => ({
  ...route,
  port: route.port ?? defaultPort(route)
}))

function defaultPort({ kind, protocol, tls }: z.output<typeof routeFields>): number {
  if (tls === 'implicit') return defaultPorts.smtps
  return kind === 'local' && protocol === 'lmtp' ? defaultPorts.lmtp : defaultPorts.smtp
}

export const poolSchema = z.strictObject({
  name,
  /**
   * `least-outstanding` gives a slow route less by itself, without a measure that has to be learned first; `consistent-hashing` keeps a
   * sender or a domain on one route, for receivers who know us by our address.
   */
  algorithm: z
    .enum(['weighted-round-robin', 'least-outstanding', 'power-of-two', 'consistent-hashing'])
    .default('least-outstanding'),
  /** Of consistent hashing: whose mail stays together. */
  hashBy: z.enum(['sender', 'domain']).default('domain'),
  /** The route that takes over where all of the pool are bad. */
  fallback: name.optional()
})

/** When mail goes around a way, and when it comes back. */
export const detoursSchema = z.strictObject({
  /** A message counts as slow when it takes so many times as long as one of its size usually does: below, a busy evening would do. */
  slowFactor: z.number().min(1.5).max(100).default(6),
  /** What nobody calls slow, however quick it usually is: two seconds a message are no trouble to anybody. */
  patienceMs: count.default(2_000),
  /** Of a way that is not known yet: 16 kB/s is what an old modem does. */
  assumedBytesPerSecond: count.default(16_000),
  /** A bad way is tried again after this, then after twice as long each time it is still bad: most troubles pass within minutes. */
  firstProbeMs: count.default(60_000),
  maxProbeMs: count.default(1_800_000),
  /** How often smart hosts and mailbox stores without mail are asked for their greeting. 0 = never. */
  checkSeconds: z.int().min(0).max(86_400).default(30)
})

type Route = z.output<typeof routeSchema>
type Pool = z.output<typeof poolSchema>

interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What is wrong with routes and pools together, all of it. Pure. */
export function routeFaults(routes: readonly Route[], pools: readonly Pool[]): readonly Fault[] {
  return [
    ...twice(routes, 'routes'),
    ...twice(pools, 'pools'),
    ...routes.flatMap((route, at) => faultsOf(route, at, routes, pools)),
    ...pools.flatMap((pool, at) => poolFaults(pool, at, routes))
  ]
}

function twice(entries: readonly { readonly name: string }[], list: string): readonly Fault[] {
  return entries.flatMap(({ name: one }, at) =>
    entries.findIndex((other) => other.name === one) === at
      ? []
      : [{ path: [list, at, 'name'], message: `${one} stands here twice` }]
  )
}

function faultsOf(
  route: Route,
  at: number,
  routes: readonly Route[],
  pools: readonly Pool[]
): readonly Fault[] {
  const { kind, pool, fallback } = route
  const before = routes.slice(0, at).find((other) => hidesOther(other, route))
  const checks: readonly [boolean, string, string][] = [
    [kind !== 'mx' && route.host === undefined, 'host', `is missing: a ${kind} route needs one`],
    [kind === 'mx' && route.host !== undefined, 'host', 'has no use: a route of kind mx asks DNS'],
    [
      kind !== 'mx' && route.warmUp !== undefined,
      'warmUp',
      'has no use: only addresses that receivers see warm up (kind mx)'
    ],
    [pool !== undefined && !pools.some((one) => one.name === pool), 'pool', `${pool} is not among [[pools]]`],
    [
      pool !== undefined && fallback !== undefined,
      'fallback',
      'belongs to the pool: write it under [[pools]]'
    ],
    [fallback === route.name, 'fallback', 'is the route itself'],
    [
      fallback !== undefined && !routes.some((one) => one.name === fallback),
      'fallback',
      `${fallback} is not among [[routes]]`
    ],
    [
      before !== undefined,
      'name',
      `takes no mail: ${before?.name} stands before it and takes the same; give both a pool, or one a fallback`
    ]
  ]
  return checks.flatMap(([isWrong, key, message]) =>
    isWrong ? [{ path: ['routes', at, key], message }] : []
  )
}

/** Whether the first leaves nothing to the second: the same conditions, no common pool, and no other use for it. */
function hidesOther(first: Route, second: Route): boolean {
  if (first.pool !== undefined && first.pool === second.pool) return false
  return conditionsOf(first) === conditionsOf(second)
}

function conditionsOf({ domains, senders, labels }: Route): string {
  return JSON.stringify([domains, senders, labels].map((list) => [...new Set<string>(list)].toSorted()))
}

function poolFaults({ name: pool, fallback }: Pool, at: number, routes: readonly Route[]): readonly Fault[] {
  const checks: readonly [boolean, string, string][] = [
    [!routes.some((route) => route.pool === pool), 'name', `no route belongs to ${pool}`],
    [
      fallback !== undefined && !routes.some((route) => route.name === fallback),
      'fallback',
      `${fallback} is not among [[routes]]`
    ]
  ]
  return checks.flatMap(([isWrong, key, message]) => (isWrong ? [{ path: ['pools', at, key], message }] : []))
}

/** What is allowed, and may still surprise. Pure. */
export function routeWarnings(routes: readonly Route[]): readonly string[] {
  const takesAll = routes.some(
    ({ domains, senders, labels }) => domains.length + senders.length + labels.length === 0
  )
  if (routes.length === 0 || takesAll) return []
  return [
    'no route takes all mail: what none of them takes goes straight to the mail exchangers of its domain'
  ]
}
