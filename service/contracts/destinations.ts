import { z } from 'zod'

const time = z.iso.datetime()

/** A way to a destination that is in use at the moment. */
const laneSchema = z.object({
  route: z.string(),
  site: z
    .string()
    .nullable()
    .describe('Its hosts: domains that share them share the throttle; null: being looked up'),
  active: z.int().describe('Attempts under way'),
  maxActive: z.int().nullable(),
  messagesPerMinute: z.number().nullable().describe('What is let through; null: no bound'),
  blockedUntil: time.nullable(),
  blockedBy: z.string().nullable().describe('What holds it back'),
  isSlowed: z.boolean().describe('It asked us to slow down'),
  lastReply: z.string().nullable()
})

/** `GET /v1/queue/destinations`. */
export const destinationPageSchema = z.object({
  items: z.array(
    z
      .object({
        domain: z.string().describe('Of the recipients'),
        waiting: z.int().describe('Messages, counted up to 10,000'),
        lanes: z.array(laneSchema).describe('Empty: nothing of it is in memory')
      })
      .describe('Where messages wait to go')
  ),
  nextCursor: z
    .string()
    .nullable()
    .describe('Give it back as `cursor` for the next page; null after the last')
})

export const destinationQuerySchema = z.strictObject({
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})
