import { z } from 'zod'

const share = z.number().nullable().describe('null: no such messages')

/** One kind of message, by both versions at the same share of honest mail held. */
const sliceSchema = z.object({
  slice: z.string(),
  /** `bad`: more held is better; `honest`: less held is better. */
  kind: z.enum(['bad', 'honest']),
  messages: z.int(),
  senders: z.int(),
  /** Shares of the messages that would be held. */
  active: share,
  candidate: share,
  /** Candidate less active, with 95 % of bootstrap draws of whole senders. */
  difference: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  isWorse: z.boolean()
})

export const gateReportSchema = z.object({
  name: z.enum(['content', 'takeover']),
  /** The version that wants to serve, and the one that it is measured against. */
  version: z.string(),
  against: z.string(),
  /** `unmeasured`: there are no frozen messages that tell enough. */
  result: z.enum(['passed', 'refused', 'unmeasured']),
  /** Why, in sentences. */
  reasons: z.array(z.string()),
  set: z
    .object({
      source: z.string(),
      createdAt: z.string(),
      honest: z.int(),
      bad: z.int(),
      senders: z.int()
    })
    .nullable(),
  /** Honest messages per 10,000 that both may hold; more than the policy's budget where the set is too small for that. */
  heldPer10k: z.number().nullable(),
  slices: z.array(sliceSchema)
})

export type GateReport = z.output<typeof gateReportSchema>
export type SliceReport = z.output<typeof sliceSchema>

/** What the gate's process is asked. */
export interface GateRequest {
  readonly name: GateReport['name']
  /** Model directories. */
  readonly candidate: string
  readonly active: string
  /** Where sets may lie, the best first: those that are not there, or hold other features, are passed over. */
  readonly sets: readonly string[]
  readonly budgetPer10k: number
}

/** What the gate's process says, message by message: how far it is, and at the end a report or a fault. */
export const gateMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), step: z.string(), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('report'), report: gateReportSchema }),
  z.object({ kind: z.literal('fault'), code: z.string(), facts: z.record(z.string(), z.string()) })
])

export type GateMessage = z.output<typeof gateMessageSchema>
