import { z } from 'zod'

const label = z.enum(['urgent', 'normal', 'bulk'])

/** Which messages are meant; what is absent does not matter. */
export const messageFilterSchema = z.strictObject({
  sender: z.string().min(1).max(254).optional(),
  domain: z.string().min(1).max(255).toLowerCase().optional().describe('Of a recipient'),
  route: z.string().min(1).max(200).optional().describe('By which it was tried last'),
  label: label.optional(),
  acceptedBefore: z.iso.datetime().optional()
})

/** Body of `POST /v1/queue/orders`. An order to all says so. */
export const bulkOrderSchema = z
  .strictObject({
    order: z.enum(['retry', 'cancel', 'count']).describe('`count` changes nothing'),
    filter: messageFilterSchema.default({}),
    all: z.boolean().default(false).describe('Must be true where the filter is empty'),
    cursor: z.string().max(1_000).optional().describe('Where the last answer ended')
  })
  .refine(({ filter, all }) => all || Object.values(filter).some((value) => value !== undefined), {
    path: ['filter'],
    message: 'says nothing: give `all: true` if every waiting message is meant'
  })

/** Its answer: one step of the work. */
export const bulkOrderedSchema = z.object({
  matched: z.int().describe('Messages that are meant'),
  changed: z.int().describe('Those that were changed'),
  nextCursor: z.string().nullable().describe('There is more: give the order again with it')
})
