import { z } from 'zod'
import { problemSchema } from './problem.ts'
import { decodeStrictBase64 } from './strict-base64.ts'
import { addressSchema, identitySchema, line, mailFromSchema } from './verdict-request.ts'

/** Archives reach back to the beginnings of mail; what lies before is no date. */
const earliest = Date.UTC(1982, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** A line of `POST /v1/history/import`: a message that its owner sent before. */
export const importLineSchema = z
  .strictObject({
    owner: identitySchema.describe('Whose habits it shows: the name under which its sender authenticates'),
    receivedAt: z
      .int()
      .min(earliest)
      .max(latest)
      .describe('Epoch ms at which it was handed in. Messages of an owner come in the order of time'),
    client: z
      .strictObject({
        ip: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' }).nullish(),
        helo: line(255).nullish()
      })
      .nullish(),
    envelope: z.strictObject({ from: mailFromSchema, to: z.array(addressSchema).max(10_000) }),
    raw: z
      .string()
      .transform((text, context) => {
        const bytes = decodeStrictBase64(text)
        if (bytes !== undefined) return bytes
        context.addIssue({ code: 'custom', message: 'must be base64' })
        return z.NEVER
      })
      .nullish()
      .describe('base64 of the RFC 5322 bytes; without it only the envelope is known'),
    sizeBytes: z.int().min(0).nullish().describe('Without raw: what a log says'),
    messageId: line(998).nullish().describe('Without raw: what a log says')
  })
  .describe('One message of the past')

export type ImportLine = z.output<typeof importLineSchema>

/** What becomes of messages of the past. One table: answers, reports and documentation use it. */
export const importOutcomes = {
  imported: 'learned, and kept in history',
  known: 'already there: imported before, or seen by Sluice when it was sent',
  late: 'older than what the habits already stand on: kept in history only',
  'not-own': 'automatic answers, reports and the like: kept in history only',
  future: 'dated in the future',
  unreadable: 'no message that can be parsed'
} as const satisfies Record<string, string>

export type ImportOutcomeKind = keyof typeof importOutcomes

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
export const outcomeKinds = Object.keys(importOutcomes) as [ImportOutcomeKind, ...ImportOutcomeKind[]]

/** A line of the answer: what became of the message, or a problem in its place. */
export const importAnswerSchema = z.union([
  z
    .object({
      outcome: z.enum(outcomeKinds),
      sender: z.string().describe('The owner as the installation knows it'),
      detail: z.string().optional().describe('Why it is unreadable')
    })
    .describe('What became of one message'),
  problemSchema.extend({ line: z.int().min(1) }).describe('A problem with one line')
])

export type ImportAnswer = z.output<typeof importAnswerSchema>
