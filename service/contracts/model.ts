import { z } from 'zod'
import { gateSchema } from './model-gate.ts'

const time = z.iso.datetime()
const count = z.int().min(0)
const version = z.string().regex(/^\w[\w.-]{0,39}$/u, 'is no version')

const windowSchema = z
  .object({
    messages: count,
    senders: count,
    filledShare: z.number().describe('0 to 1: of what thresholds of its own take'),
    isFilled: z.boolean()
  })
  .describe('Its scores of this installation’s mail')

const sideSchema = z.object({ verdict: z.enum(['allow', 'hold', 'block']), risk: z.number() })

const shadowSchema = z.object({
  version: z.string(),
  since: time.nullable(),
  messages: count,
  dropped: count.describe('Messages that it was not shown because too many waited'),
  heldPer10k: z
    .object({ active: z.number(), shadow: z.number() })
    .nullable()
    .describe('Held for their risk; null: no messages yet'),
  meanLogitDifference: z.number().nullable(),
  verdicts: z.record(z.string(), count).describe('`hold/allow`: the model in use holds, the shadow does not'),
  window: windowSchema,
  disagreements: z.array(
    z.object({ verdictId: z.string(), at: time, active: sideSchema, shadow: sideSchema })
  )
})

const driftSchema = z.object({
  at: time,
  fault: z.string().nullable().describe('Why it could not be measured the last time'),
  week: z.string().nullable().describe('The last whole week measured'),
  drifted: count,
  watched: count,
  worst: z.array(z.object({ column: z.string(), psi: z.number() })),
  calibration: z.enum(['few', 'plausible', 'too-low']).nullable(),
  held: z.enum(['few', 'under', 'within', 'over']).nullable()
})

const trainedSchema = z.object({
  name: z.string(),
  at: time,
  outcome: z.enum(['proposed', 'promoted', 'refused', 'few', 'failed']),
  version: z.string().nullable(),
  reasons: z.array(z.string()),
  accept: z.string().nullable().describe('The command that lets it serve')
})

/** `GET /v1/models`: what is in use, and which versions lie on disk. */
export const modelListSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      source: z.string().describe('`active`, `previous` or `bundled`'),
      backend: z.string(),
      createdAt: z.string(),
      featureDigest: z.string(),
      metrics: z
        .record(z.string(), z.record(z.string(), z.number().nullable()))
        .describe('slice → measure → value'),
      shadow: shadowSchema.nullable().default(null),
      drift: driftSchema.nullable().default(null).describe('null: not measured yet')
    })
  ),
  versions: z
    .array(
      z.object({
        name: z.string(),
        version: z.string(),
        state: z.enum(['active', 'shadow', 'previous', 'kept']),
        createdAt: z.string().nullable(),
        fault: z.string().nullable().describe('Why it cannot be used')
      })
    )
    .default([]),
  promotion: z
    .object({
      name: z.string(),
      version: z.string(),
      step: z.string(),
      done: z.number(),
      total: z.number()
    })
    .nullable()
    .default(null)
    .describe('Under way'),
  training: z
    .object({
      schedule: z.enum(['off', 'daily', 'weekly']),
      next: time.nullable(),
      items: z.array(trainedSchema).describe('The last run of each model')
    })
    .nullable()
    .default(null),
  nextCursor: z.string().nullable()
})

export type ModelList = z.output<typeof modelListSchema>

export const modelParamsSchema = z.object({ name: z.enum(['content', 'takeover']) })

/** Body of `POST /v1/models/{name}/promote`. */
export const promoteSchema = z.strictObject({
  version,
  force: z
    .boolean()
    .default(false)
    .describe('Whatever the gate says; it is measured and recorded all the same')
})

/** Body of `POST /v1/models/{name}/shadow`. */
export const shadowModelSchema = z.strictObject({
  version: version.nullable().describe('null: none any more')
})

const inUse = {
  name: z.string(),
  active: z.string().nullable().describe('null: the one that came with this release'),
  shadow: z.string().nullable(),
  previous: z.string().nullable()
}

export const modelVersionsSchema = z.object(inUse)

export const promotedSchema = z.object({
  ...inUse,
  forced: z.boolean(),
  reasons: z.array(z.string()).describe('What spoke against it'),
  thresholds: z
    .enum(['window', 'manifest'])
    .describe(
      '`window`: they go on from what it scored as a shadow; `manifest`: from what was measured in training'
    ),
  window: windowSchema,
  removed: z.array(z.string()).describe('Versions that were taken off the disk'),
  gate: gateSchema
})
