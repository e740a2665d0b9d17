/** The part of mx-connect 2.0.0 that delivery uses; the package brings no types. */
declare module 'mx-connect' {
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
    readonly dnsOptions?: {
      readonly blockLocalAddresses?: boolean
      readonly blockReservedNetworks?: boolean
      readonly resolveRecords?: (domain: string, type: string) => Promise<readonly unknown[]>
    }
  }

  export interface MxConnection {
    readonly socket: Socket
    readonly hostname: string
    readonly host: string
    readonly port: number
  }

  export interface MxConnectError extends Error {
    readonly code?: string
    readonly category?: string
    readonly temporary?: boolean
  }

  export default function mxConnect(options: MxConnectOptions): Promise<MxConnection>
}
