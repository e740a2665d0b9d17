import { z } from 'zod'

const evidenceSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

export const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  contribution: z.number().describe('Signed log-odds; 0 for policy'),
  evidence: evidenceSchema
})

/** The answer of `POST /v1/verdicts`, and the value of every verdict that Sluice publishes. */
export const verdictAnswerSchema = z
  .object({
    id: z.string().describe('The verdict id'),
    verdict: z.enum(['allow', 'hold', 'block']),
    risk: z.number().min(0).max(1),
    priority: z.object({
      label: z.enum(['urgent', 'normal', 'bulk']),
      mtPriority: z.int(),
      confidence: z.number()
    }),
    scores: z.object({ takeover: z.number().nullable(), spam: z.number().nullable() }),
    score: z.number().describe('rspamd scale: 6 = hold, 15 = block'),
    requiredScore: z.number(),
    sender: z.object({
      id: z.string(),
      strength: z.enum(['authenticated', 'asserted', 'envelope', 'none']),
      messagesSeen: z.number(),
      containment: z.enum(['normal', 'watched', 'restricted', 'suspended'])
    }),
    reasons: z.array(reasonSchema).readonly(),
    models: z.object({
      takeover: z.string().nullable(),
      content: z.string().nullable(),
      priority: z.string().nullable()
    }),
    thresholds: z.object({ hold: z.number(), block: z.number() }),
    hold: z
      .object({
        kind: z.enum(['soft', 'hard']),
        until: z.iso.datetime(),
        onTimeout: z.enum(['release', 'return'])
      })
      .nullable(),
    limits: z.object({ remainingToday: z.int().min(0) }),
    submissionId: z.string().nullable().describe("The request's id"),
    holdId: z.string().nullable(),
    duplicate: z.boolean(),
    degraded: z.boolean(),
    durationMs: z.number()
  })
  .describe('What Sluice thinks of one message')

export type VerdictAnswer = z.output<typeof verdictAnswerSchema>
