import { z } from 'zod'
import { bounceKindSchema, queuedMessageSchema } from './queue.ts'
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
  why: z.string().optional().describe('Why it took this route; absent where there was no other'),
  fault: z.literal('path').optional().describe('The other side was not reached, or fell silent'),
  signing: z
    .string()
    .optional()
    .describe('By which keys it left signed or sealed, or why unsigned; absent where it did not leave'),
  tls: z
    .object({ version: z.string(), verified: z.enum(['dane', 'sts', 'pkix', 'none']) })
    .nullable()
    .optional()
    .describe(
      'How the connection was encrypted and who proved the host: DANE, MTA-STS, a known authority, nobody; null: not at all; absent where there was no connection'
    ),
  bounceKind: bounceKindSchema.optional().describe('Why it was refused or put off; absent where it was not')
})

/** The whole story of a message. */
export const messageStorySchema = queuedMessageSchema.extend({
  attemptLog: z.array(attemptSchema).describe('The last attempts, oldest first'),
  waitsFor: z
    .string()
    .nullable()
    .optional()
    .describe(
      'What keeps it from being attempted though it is due; null: nothing, or only that others are before it'
    ),
  verdict: z.unknown().describe('The verdict as it was given; null once it is forgotten')
})
