/** A way out, as configured. */
export interface DeliveryRoute {
  readonly name: string
  readonly kind: 'mx' | 'smarthost'
  /** Of a smart host. */
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
  /** Empty = every domain. */
  readonly domains: readonly string[]
}

/** Used for a domain that no configured route takes. */
export const directRoute: DeliveryRoute = {
  name: 'direct',
  kind: 'mx',
  port: 25,
  tls: 'opportunistic',
  allowPrivate: false,
  domains: []
}

/** The first route that names the domain; else the first that takes every domain; else straight to its mail exchangers. */
export function chooseRoute(routes: readonly DeliveryRoute[], domain: string): DeliveryRoute {
  return (
    routes.find(({ domains }) => domains.some((one) => one.toLowerCase() === domain)) ??
    routes.find(({ domains }) => domains.length === 0) ??
    directRoute
  )
}

/** Messages that can share a connection: a smart host takes all its domains, a mail exchanger only its own. */
export interface Destination {
  readonly route: DeliveryRoute
  /** Of the recipients, in lower case; of a smart host its host name. */
  readonly domain: string
}

export function destinationOf(routes: readonly DeliveryRoute[], domain: string): Destination {
  const route = chooseRoute(routes, domain)
  return { route, domain: route.kind === 'smarthost' ? (route.host ?? '') : domain }
}

/** Unique for a destination. */
export function destinationKey({ route, domain }: Destination): string {
  return `${route.name}|${domain}`
}
