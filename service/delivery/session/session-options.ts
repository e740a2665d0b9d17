import type { Socket } from 'node:net'
import type { TlsDemand } from './tls-demand.ts'

export interface SessionOptions {
  /** Connected already. */
  readonly socket: Socket
  /** Name for TLS; the certificate must carry it where it is checked. */
  readonly hostname: string
  readonly ehlo: string
  readonly demand: TlsDemand
  /** Default `smtp`. */
  readonly protocol?: 'smtp' | 'lmtp' | undefined
  readonly auth: { readonly user: string; readonly password: string } | null
  /** PEM of authorities that are trusted instead of the system's. */
  readonly authorities?: readonly string[] | undefined
  /** No reply is waited for longer. */
  readonly socketTimeoutMs: number
}
