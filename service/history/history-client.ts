import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client'

export interface HistoryAddress {
  readonly url: string
  /** Opens the embedded server; empty for one that is opened by user and password. */
  readonly headers: Readonly<Record<string, string>>
}

export interface HistoryCredentials {
  readonly user: string
  readonly password?: string | undefined
}

/** A client of the server at this address; `requestMs`: after which silence a request is given up. */
export function createHistoryClient(
  { url, headers }: HistoryAddress,
  { user, password }: HistoryCredentials,
  requestMs: number
): ClickHouseClient {
  const isEmbedded = Object.keys(headers).length > 0
  return createClient({
    url,
    http_headers: { ...headers },
    ...(!isEmbedded && { username: user, ...(password !== undefined && { password }) }),
    request_timeout: requestMs,
    // It writes to the console, with what a query was about
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: !isEmbedded, response: !isEmbedded }
  })
}
