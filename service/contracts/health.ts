import { z } from 'zod'

/** `GET /health/ready`: 200 when every dependency is, else 503. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'not-ready']),
  dependencies: z.record(z.string(), z.object({ ready: z.boolean(), reason: z.string().nullable() }))
})

export type Readiness = z.output<typeof readinessSchema>

export const livenessSchema = z.object({ status: z.literal('live') })
