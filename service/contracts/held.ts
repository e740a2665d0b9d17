import { z } from 'zod'
import { idSchema, queuedMessageSchema } from './queue.ts'
import { line } from './verdict-request.ts'

const note = line(1_000).nullish().describe('Why, for whoever asks later')

/** The body of a release or a rejection; it may be left out. */
export const decideOneSchema = z.strictObject({ note }).nullish()

/** Many at once: by their ids, or all that one sender has (as many as a call takes; `more` says whether any are left). */
export const decideManySchema = z
  .strictObject({
    decision: z.enum(['release', 'reject']),
    ids: z.array(idSchema).min(1).max(200).optional(),
    sender: z.string().min(1).max(254).optional(),
    note
  })
  .refine(({ ids, sender }) => (ids === undefined) !== (sender === undefined), 'needs either ids or sender')

export const decideManyAnswerSchema = z.object({
  items: z.array(z.object({ id: z.string(), outcome: z.enum(['done', 'unknown', 'not-held']) })),
  more: z.boolean()
})

export const heldMessageSchema = queuedMessageSchema
