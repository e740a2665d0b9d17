/** What a PROXY header says (HAProxy's PROXY protocol, versions 1 and 2). */
export type ProxyHeader =
  /** The connection of a client that the proxy passes on. */
  | { readonly kind: 'client'; readonly ip: string; readonly port: number }
  /** The proxy speaks for itself, as for a health check, or for a client whose address it cannot tell. */
  | { readonly kind: 'local' }

export type ProxyOutcome =
  | { readonly kind: 'header'; readonly header: ProxyHeader; readonly lengthBytes: number }
  /** So far it is one; the rest is to come. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed' }
