import { z } from 'zod'
import { messageFilterSchema } from './queue-orders.ts'
import { bounceKindNames } from '../message/bounce-kind.ts'

const time = z.iso.datetime()

export const bounceKindSchema = z.enum(bounceKindNames)

/** An id in a path or a list. */
export const idSchema = z.string().min(1).max(128)

export const recipientSchema = z.object({
  address: z.string(),
  state: z.enum(['pending', 'delivered', 'bounced', 'expired', 'cancelled']),
  reply: z.string().nullable().describe('The last reply of the last host asked'),
  status: z.string().nullable().describe('Enhanced status (RFC 3463)'),
  mx: z.string().nullable(),
  at: time.nullable().describe('Of the last attempt'),
  bounceKind: bounceKindSchema.optional().describe('Why it was refused or put off; absent where it was not')
})

export const holdSchema = z.object({
  kind: z.enum(['soft', 'hard']).describe('A soft hold ends by itself at its deadline, after a second look'),
  reasons: z.array(z.string()),
  risk: z.number(),
  heldAt: time,
  deadline: time,
  decision: z
    .object({
      kind: z.enum(['released', 'rejected', 'expired']),
      by: z.string(),
      at: time,
      note: z.string().nullable()
    })
    .nullable()
})

/** A message in the queue, as lists show it. */
export const queuedMessageSchema = z
  .object({
    id: z.string(),
    submissionId: z.string(),
    verdictId: z.string(),
    sender: z.string().describe('Identity whose habits it was compared with; empty for our own reports'),
    state: z.enum(['queued', 'held', 'done', 'rejected']),
    envelope: z.object({ from: z.string().nullable(), to: z.array(z.string()) }),
    label: z.enum(['urgent', 'normal', 'bulk']),
    recipients: z.array(recipientSchema),
    attempts: z.int(),
    acceptedAt: time,
    nextAttemptAt: time.nullable().describe('null where nothing more is tried'),
    finishedAt: time.nullable(),
    sizeBytes: z.int(),
    messageId: z.string().nullable(),
    subject: z.string(),
    hold: holdSchema.nullable()
  })
  .describe('One accepted message')

export const messagePageSchema = z.object({
  items: z.array(queuedMessageSchema),
  nextCursor: z
    .string()
    .nullable()
    .describe('Give it back as `cursor` for the next page; null after the last')
})

export const pageQuerySchema = z.strictObject({
  sender: z.string().min(1).max(254).optional(),
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})

export const queueQuerySchema = pageQuerySchema.extend({
  ...messageFilterSchema.shape,
  state: z.enum(['queued', 'held', 'done', 'rejected']).optional()
})

export type QueuedMessageAnswer = z.output<typeof queuedMessageSchema>
