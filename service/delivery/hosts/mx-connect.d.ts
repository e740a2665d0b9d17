/** The part of mx-connect 2.0.0 that delivery uses; the package brings no types. */
declare module 'mx-connect' {
  import type { X509Certificate } from 'node:crypto'
  import type { Socket } from 'node:net'

  export interface MxConnectOptions {
    readonly target: string
    readonly mx?: readonly {
      readonly exchange: string
      readonly A: readonly string[]
      readonly AAAA: readonly string[]
    }[]
    readonly ignoreMXHosts?: readonly string[]
    readonly port?: number
    readonly maxConnectTime?: number
    readonly localAddress?: string
    readonly dnsOptions?: {
      readonly blockLocalAddresses?: boolean
      readonly blockReservedNetworks?: boolean
      readonly ignoreIPv6?: boolean
      readonly preferIPv6?: boolean
      readonly resolveRecords?: (domain: string, type: string) => Promise<readonly unknown[]>
    }
    /** Before each attempt; an error ends them all. */
    readonly connectHook?: (delivery: unknown, options: unknown, done: (error: Error | null) => void) => void
    readonly mtaSts?: {
      readonly enabled: boolean
      readonly logger?: (entry: Readonly<Record<string, unknown>>) => void
      readonly cache: {
        get(domain: string): Promise<unknown>
        set(domain: string, policy: unknown): Promise<unknown>
      }
    }
    readonly dane?: {
      readonly enabled: boolean
      readonly resolveTlsa: (name: string) => Promise<readonly TlsaAnswer[]>
      readonly checkDnssecSecure: (host: string) => Promise<{ readonly secure: boolean }>
    }
  }

  export interface TlsaAnswer {
    readonly usage: number
    readonly selector: number
    readonly mtype: number
    readonly cert: Uint8Array
  }

  export interface MxConnection {
    readonly socket: Socket
    readonly hostname: string
    readonly host: string
    readonly port: number
    /** Of MTA-STS; absent where it is off. */
    readonly policyMatch?: {
      readonly valid: boolean
      readonly mode: 'enforce' | 'testing' | 'none'
      readonly testing: boolean
    }
    readonly tlsaRecords?: readonly TlsaAnswer[] | null
  }

  export interface MxConnectError extends Error {
    readonly code?: string
    readonly category?: string
    readonly temporary?: boolean
  }

  interface Dane {
    verifyCertAgainstTlsa(
      leaf: X509Certificate,
      records: readonly TlsaAnswer[],
      chain: readonly X509Certificate[]
    ): { readonly valid: boolean; readonly matchedRecord: TlsaAnswer | null }
  }

  const mxConnect: {
    (options: MxConnectOptions): Promise<MxConnection>
    readonly dane: Dane
  }
  export default mxConnect
}
