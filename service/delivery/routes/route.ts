import type { QueuedMessage } from '../../queue/records/queued-message.ts'

/** A way out, as configured. */
export interface DeliveryRoute {
  readonly name: string
  /** `mx`: straight to a domain's mail exchangers; `smarthost`: another server passes it on; `local`: a mailbox store of ours. */
  readonly kind: 'mx' | 'smarthost' | 'local'
  /** Of `local`: LMTP answers for each recipient after the message (RFC 2033). Default `lmtp`. */
  readonly protocol?: 'lmtp' | 'smtp' | undefined
  /** Of a smart host or a mailbox store. */
  readonly host?: string | undefined
  readonly port: number
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** What we call ourselves on this route; default is the installation's hostname. */
  readonly ehlo?: string | undefined
  /** Connections are bound to it; without it the system takes one. */
  readonly sourceAddress?: string | undefined
  /** `opportunistic` encrypts when it can and checks no certificate (RFC 7435); `required` and `implicit` check it. */
  readonly tls: 'opportunistic' | 'required' | 'implicit' | 'off'
  readonly allowPrivate: boolean
  /** Recipients' domains, `example.org` or `*.example.org`. Empty = every domain. */
  readonly domains: readonly string[]
  /** `alice@example.org`, `example.org` or `*.example.org`. Empty = everybody. */
  readonly senders?: readonly string[] | undefined
  /** Empty = every label. */
  readonly labels?: readonly Label[] | undefined
  /** Routes of the same pool share the mail that they take. */
  readonly pool?: string | undefined
  /** Its share of the pool's mail, compared with the others'. Default 1. */
  readonly weight?: number | undefined
  /** Name of the route that takes over where this one is bad, if it is in no pool. */
  readonly fallback?: string | undefined
  readonly warmUp?: WarmUp | undefined
}

export type Label = QueuedMessage['label']

/** A fresh address earns its name slowly: so many messages on its first day, its second, … to each group of destinations. */
export interface WarmUp {
  /** The first day, `2026-11-22` (UTC). */
  readonly startedAt: string
  readonly ladder: readonly number[]
}

/** Routes that share mail, and how. */
export interface DeliveryPool {
  readonly name: string
  readonly algorithm: 'weighted-round-robin' | 'least-outstanding' | 'power-of-two' | 'consistent-hashing'
  /** Of consistent hashing: what stays on one route. Default `domain`. */
  readonly hashBy?: 'sender' | 'domain' | undefined
  /** Name of the route that takes over where all of the pool are bad. */
  readonly fallback?: string | undefined
}

/** Used for mail that no configured route takes. */
export const directRoute: DeliveryRoute = {
  name: 'direct',
  kind: 'mx',
  port: 25,
  tls: 'opportunistic',
  allowPrivate: false,
  domains: []
}

/** Messages that can share a connection: a host of ours takes all its domains, a mail exchanger only its own. */
export interface Destination {
  readonly route: DeliveryRoute
  /** Of the recipients, in lower case; of a smart host or a mailbox store its host name. */
  readonly domain: string
}

export function destinationBy(route: DeliveryRoute, domain: string): Destination {
  return { route, domain: route.kind === 'mx' ? domain : (route.host ?? '') }
}

/** Unique for a destination. */
export function destinationKey({ route, domain }: Destination): string {
  return `${route.name}|${domain}`
}
