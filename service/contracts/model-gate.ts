import { z } from 'zod'

const share = z.number().nullable()

/** What the promotion gate measured: both versions at the same share of honest mail held. */
export const gateSchema = z.object({
  name: z.string(),
  version: z.string(),
  against: z.string().describe('The active version'),
  result: z.enum(['passed', 'refused', 'unmeasured']),
  reasons: z.array(z.string()),
  set: z
    .object({ source: z.string(), createdAt: z.string(), honest: z.int(), bad: z.int(), senders: z.int() })
    .nullable()
    .describe('The frozen messages'),
  heldPer10k: z.number().nullable().describe('Honest messages per 10,000 that both hold'),
  slices: z.array(
    z.object({
      slice: z.string(),
      kind: z.enum(['bad', 'honest']).describe('`bad`: more held is better'),
      messages: z.int(),
      senders: z.int(),
      active: share.describe('Share held'),
      candidate: share,
      difference: share,
      low: share.describe('95 % interval of the difference, over senders'),
      high: share,
      isWorse: z.boolean()
    })
  )
})

export type Gate = z.output<typeof gateSchema>
