import { z } from 'zod'
import { line } from './verdict-request.ts'

const scopesSchema = z
  .array(z.enum(['score', 'feedback', 'operate', 'admin']))
  .min(1)
  .max(4)

export const createTokenSchema = z.strictObject({ name: line(100).min(1), scopes: scopesSchema })

/** The only time that the secret is shown. */
export const newTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: scopesSchema,
  secret: z.string()
})

export const tokenListSchema = z.object({
  items: z.array(
    z.object({ id: z.string(), name: z.string(), scopes: scopesSchema, createdAt: z.iso.datetime() })
  ),
  nextCursor: z.string().nullable()
})
