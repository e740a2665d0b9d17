import type { IncomingMessage } from 'node:http'
import type { RequestFields } from './reading/request-fields.ts'

/** One HTTP request, as its word's handler sees it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly fields: RequestFields
  /** The mail server's address; null: over a unix socket. */
  readonly peer: string | null
}

export interface Reply {
  readonly status: number
  /** The words beside the status, which `rspamc` shows of an error in place of its body. */
  readonly statusText?: string
  readonly contentType: string
  readonly body: string
}

export type Handle = (exchange: Exchange) => Promise<Reply>

export function json(value: object, status = 200): Reply {
  return { status, contentType: 'application/json', body: JSON.stringify(value) }
}
