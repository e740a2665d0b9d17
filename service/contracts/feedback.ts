import { z } from 'zod'
import { idSchema } from './queue.ts'
import { line } from './verdict-request.ts'

/** RFC 5322 section 2.1.1: a line is at most 998 characters. */
const messageIdSchema = line(998).min(1)

/** The body of `POST /v1/feedback`, and the value of a feedback event. */
export const feedbackSchema = z
  .strictObject({
    verdictId: idSchema.optional(),
    messageId: messageIdSchema.optional().describe('Message-ID field, with or without angle brackets'),
    holdId: idSchema.optional(),
    label: z.enum(['legitimate', 'spam', 'phishing', 'takeover']),
    source: z
      .enum(['operator', 'sender', 'recipient', 'fbl', 'system'])
      .describe('Where two disagree: operator, then sender, fbl, recipient, system'),
    note: line(1_000).nullish().describe('Why, for whoever asks later')
  })
  .refine(
    ({ verdictId, messageId, holdId }) =>
      [verdictId, messageId, holdId].filter((id) => id !== undefined).length === 1,
    'needs one of verdictId, messageId and holdId'
  )
  .describe('What somebody says of one message')

export type FeedbackRequest = z.output<typeof feedbackSchema>

export const feedbackAnswerSchema = z.object({
  id: z.string().describe('Of this feedback; the first one’s where it is repeated'),
  verdictId: z.string(),
  label: feedbackSchema.shape.label,
  source: feedbackSchema.shape.source,
  at: z.iso.datetime(),
  stands: z
    .boolean()
    .describe('false: somebody more trusted has said otherwise; it is kept and changes nothing'),
  repeated: z.boolean().describe('The same source had said the same before: nothing was done'),
  effects: z
    .array(z.enum(['learned', 'unlearned', 'rewound', 'contained', 'relieved']))
    .describe('What it changed: the sender’s habits, and the sender’s containment')
})

export type FeedbackAnswer = z.output<typeof feedbackAnswerSchema>
