import { z } from 'zod'
import { queuedMessageSchema } from './queue.ts'
import { verdictAnswerSchema } from './verdict-answer.ts'

/** Answer of `POST /v1/messages`: the message is on disk. */
export const injectedSchema = z.object({
  id: z.string().describe('Queue id'),
  state: z.enum(['queued', 'held']),
  verdict: verdictAnswerSchema
})

export const attemptSchema = z.object({
  at: z.iso.datetime(),
  durationMs: z.number(),
  route: z.string(),
  mx: z.string().nullable(),
  recipients: z.int(),
  reply: z.string(),
  signing: z
    .string()
    .optional()
    .describe('By which keys it left signed or sealed, or why unsigned; absent where it did not leave')
})

/** The whole story of a message. */
export const messageStorySchema = queuedMessageSchema.extend({
  attemptLog: z.array(attemptSchema).describe('The last attempts, oldest first'),
  verdict: z.unknown().describe('The verdict as it was given; null once it is forgotten')
})
