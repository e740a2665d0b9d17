import { z } from 'zod'
import { receivedAtSchema } from './verdict-request.ts'

const time = z.iso.datetime()
const count = z.int().min(0)

/** What one client of the callouts has asked since the service started: what it shows, and what it was told. */
export const calloutClientSchema = z.object({
  name: z.string().describe('As configured; `unnamed-…` for all that no `[[callouts.clients]]` fits'),
  kind: z.string(),
  protocol: z.string(),
  mta: z.string(),
  configured: z.boolean(),
  trusted: z.boolean().describe('Only the mail of trusted clients teaches and is counted'),
  hold: z.string(),
  onFailure: z.enum(['open', 'closed']),
  mode: z.enum(['enforce', 'shadow']),
  questions: count,
  shown: z
    .object({ user: count, clientIp: count, helo: count, recipients: count, queueId: count, content: count })
    .describe('In how many questions these arrived'),
  told: z.record(z.string(), count).describe('By disposition'),
  failed: count.describe('Questions that got no verdict'),
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  lastPeer: z.string().nullable()
})

export const calloutClientsSchema = z.object({
  since: time.describe('When the service started'),
  listeners: z.record(z.string(), z.string().nullable()).describe('Address by protocol; null: none'),
  items: z.array(calloutClientSchema)
})

export type CalloutClientAnswer = z.output<typeof calloutClientSchema>
export type CalloutClientsAnswer = z.output<typeof calloutClientsSchema>

export const shadowParamsSchema = z.object({ mta: z.string().min(1).max(64) })

export const shadowQuerySchema = z.strictObject({
  since: receivedAtSchema.optional().describe('RFC 3339; default: all that is kept (30 days)'),
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(500)
})

/** What would have been done with a message in shadow mode. */
export const shadowVerdictSchema = z.object({
  verdictId: z.string(),
  queueId: z.string().nullable(),
  at: time,
  sender: z.string(),
  judged: z.enum(['allow', 'hold', 'block']),
  risk: z.number(),
  reasons: z.array(z.string()).describe('Codes, the heaviest first')
})

export const shadowPageSchema = z.object({
  items: z.array(shadowVerdictSchema),
  nextCursor: z.string().nullable()
})

export type ShadowVerdict = z.output<typeof shadowVerdictSchema>
