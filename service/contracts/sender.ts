import { z } from 'zod'
import { identitySchema, line, receivedAtSchema } from './verdict-request.ts'

const time = z.iso.datetime()
const note = line(1_000).nullish().describe('Why, for whoever asks later')

export const senderParamsSchema = z.object({
  id: identitySchema.describe('As in the verdict: `alice@example.org`')
})

export const containmentStateSchema = z.enum(['normal', 'watched', 'restricted', 'suspended'])

/** Body of `PUT /v1/senders/{id}/containment`. */
export const containSchema = z
  .strictObject({ state: containmentStateSchema, note })
  .describe('`normal` also clears what stood against the sender')

/** Body of `POST /v1/senders/{id}/rewind`. */
export const rewindSchema = z.strictObject({
  since: receivedAtSchema.describe('RFC 3339: what was received at or after this is forgotten'),
  note
})

const shareSchema = z.object({ value: z.string(), share: z.number().describe('0 to 1') })
const sharesSchema = z.array(shareSchema).readonly()

const habitsSchema = z
  .object({
    usualHours: z
      .object({ from: z.int(), to: z.int() })
      .nullable()
      .describe('By the sender’s own clock, nine tenths of the mail; `to` is exclusive'),
    zones: sharesSchema,
    clients: sharesSchema,
    providers: sharesSchema.describe('Autonomous systems of the clients'),
    countries: sharesSchema.describe('Where their networks are registered'),
    languages: sharesSchema,
    kinds: sharesSchema,
    networks: z.int().describe('How many: they are kept as keyed hashes'),
    recipients: z.int(),
    recipientDomains: z.int(),
    linkDomains: z.int()
  })
  .describe('What the sender usually does')

const ownLimit = z.int().min(0).max(1_000_000_000).exactOptional()

/** Body of `PUT /v1/senders/{id}/limits`. */
export const limitsSchema = z
  .strictObject({
    messagesPerMinute: ownLimit,
    messagesPerHour: ownLimit,
    messagesPerDay: ownLimit,
    recipientsPerMinute: ownLimit,
    recipientsPerHour: ownLimit,
    recipientsPerDay: ownLimit,
    newRecipientsPerMinute: ownLimit,
    newRecipientsPerHour: ownLimit,
    newRecipientsPerDay: ownLimit,
    note
  })
  .describe('Limits of its own; those left out are the configuration’s')

const limitSchema = z.object({
  limit: z.int(),
  used: z.int(),
  remaining: z.int(),
  isOwn: z.boolean().describe('Set for this sender; false: the configuration’s, or learned'),
  usual: z
    .int()
    .nullable()
    .describe('What it usually has at most, where the limit follows that; null: it does not')
})

const unbounded = limitSchema.nullable().describe('null: nothing bounds it')

export const senderSchema = z
  .object({
    id: z.string(),
    messagesSeen: z.int().describe('Messages that its habits learned from'),
    firstAt: time.nullable(),
    lastAt: time.nullable(),
    habits: habitsSchema,
    containment: z.object({
      state: containmentStateSchema,
      since: time.nullable(),
      setBy: z.enum(['rule', 'operator']),
      stepsDownAt: time
        .nullable()
        .describe('When it steps down by itself; null: only an operator changes it'),
      evidence: z.array(z.object({ kind: z.string(), at: time, about: z.string() })).describe('Newest first')
    }),
    limits: z.object({
      messagesPerMinute: unbounded,
      messagesPerHour: limitSchema,
      messagesPerDay: limitSchema,
      recipientsPerMinute: unbounded,
      recipientsPerHour: limitSchema,
      recipientsPerDay: limitSchema,
      newRecipientsPerMinute: unbounded,
      newRecipientsPerHour: unbounded,
      newRecipientsPerDay: limitSchema
    }),
    rewindsTo: time
      .nullable()
      .describe('The earliest moment that a rewind can go back to; null: to the first message'),
    recentVerdicts: z
      .array(
        z.object({
          id: z.string(),
          at: time,
          verdict: z.enum(['allow', 'hold', 'block']),
          risk: z.number(),
          reasons: z.array(z.string()),
          messageId: z.string().nullable(),
          holdId: z.string().nullable()
        })
      )
      .describe('Newest first, at most 20')
  })
  .describe('One sender')

export const containedSchema = z.object({
  id: z.string(),
  from: containmentStateSchema,
  to: containmentStateSchema
})

export const limitedSchema = z.object({
  id: z.string(),
  limits: z
    .object({
      messagesPerMinute: z.int().optional(),
      messagesPerHour: z.int(),
      messagesPerDay: z.int(),
      recipientsPerMinute: z.int().optional(),
      recipientsPerHour: z.int(),
      recipientsPerDay: z.int(),
      newRecipientsPerMinute: z.int().optional(),
      newRecipientsPerHour: z.int().optional(),
      newRecipientsPerDay: z.int()
    })
    .describe('What holds for this sender now')
})

export const rewoundSchema = z.object({
  id: z.string(),
  forgotten: z.int().describe('Messages'),
  messagesSeen: z.int(),
  complete: z.boolean().describe('false: older messages than `reaches` stay learned'),
  reaches: time.nullable()
})

export const erasedSchema = z.object({
  id: z.string(),
  verdicts: z.int(),
  labels: z.int(),
  messages: z.int().describe('Finished messages'),
  open: z.int().describe('Still queued or held: erase again when they are done'),
  history: z
    .enum(['erased', 'waiting'])
    .describe('waiting: ClickHouse does not answer; its rows are erased as soon as it does')
})

export type SenderAnswer = z.output<typeof senderSchema>
