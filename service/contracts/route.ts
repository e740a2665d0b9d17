import { z } from 'zod'

const time = z.iso.datetime()
const conditions = z.enum(['good', 'bad', 'returning'])
const share = z.number().min(0).max(1)

/** A route's name in a path. */
export const routeParamsSchema = z.object({ name: z.string().min(1).max(64) })

export const pathSchema = z.object({
  destination: z.string().describe('A domain, or the host of the route'),
  condition: conditions.describe(
    '`bad`: mail goes around it; `returning`: it gets its mail back little by little'
  ),
  trouble: z.string().nullable(),
  since: time.describe('Of the last change'),
  probeAt: time.nullable().describe('When a message tries it again'),
  share: share.describe('Of its mail, how much it gets'),
  bytesPerSecond: z.number().nullable().describe('Of the last few messages'),
  usualBytesPerSecond: z.number().nullable(),
  connectMs: z.number().nullable(),
  usualConnectMs: z.number().nullable(),
  stalledShare: share,
  unreachedShare: share,
  deferredShare: share
})

export const routeStateSchema = z.enum(['active', 'demoted', 'paused'])

export const routeAnswerSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['mx', 'smarthost', 'local']),
    host: z.string().nullable(),
    pool: z.string().nullable(),
    algorithm: z
      .enum(['weighted-round-robin', 'least-outstanding', 'power-of-two', 'consistent-hashing'])
      .nullable(),
    weight: z.number(),
    fallback: z.string().nullable(),
    domains: z.array(z.string()),
    senders: z.array(z.string()),
    labels: z.array(z.enum(['urgent', 'normal', 'bulk'])),
    state: routeStateSchema.describe('`demoted`: only for mail that has no other way; `paused`: for none'),
    stateWhy: z.string().nullable(),
    stateBy: z.string(),
    condition: conditions.describe('Of the route as a whole'),
    trouble: z.string().nullable(),
    outstanding: z.int().describe('Jobs that wait or run on it'),
    warmUp: z
      .object({ limit: z.int(), groups: z.array(z.object({ group: z.string(), sent: z.int() })) })
      .nullable()
      .describe('Messages to each group of destinations today; null: no limit'),
    badPaths: z.int().describe('Destinations that mail goes around, or that get theirs back'),
    paths: z.array(pathSchema).describe('At most 50, what is not good first')
  })
  .describe('A way out')

export const routeListSchema = z.object({ items: z.array(routeAnswerSchema) })

/** Body of `PUT /v1/routes/{name}/state`. */
export const routeStateRequestSchema = z.strictObject({
  state: routeStateSchema,
  why: z.string().min(1).max(200).optional().describe('For whoever asks later')
})

export type RouteAnswer = z.output<typeof routeAnswerSchema>
export type PathAnswer = z.output<typeof pathSchema>
