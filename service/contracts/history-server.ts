import { z } from 'zod'
import { identitySchema } from './verdict-request.ts'

/** `POST /v1/history/server`: whose history is to be read. */
export const historyServerRequestSchema = z.strictObject({
  senders: z.array(identitySchema).max(1_000).default([]).describe('Senders to be told the keys of')
})

/** Where ClickHouse answers while the service runs. Everything recorded so far is in it. */
export const historyServerSchema = z.object({
  url: z.url(),
  headers: z.record(z.string(), z.string()).describe('Opens the embedded server; empty for any other'),
  database: z.string(),
  senderKeys: z.array(z.string()).describe('In the order of the senders asked for')
})

export type HistoryServer = z.output<typeof historyServerSchema>
