import { z } from 'zod'

/** `GET /v1/models`: what is in use. */
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
        .describe('slice → measure → value')
    })
  ),
  nextCursor: z.string().nullable()
})
