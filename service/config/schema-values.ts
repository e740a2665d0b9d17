import { z } from 'zod'
import { patternFault } from './safe-pattern.ts'

/** 0 = any free port, or none where the key says so. */
export const port = z.int().min(0).max(65_535)
export const host = z.string().min(1)
/** At least one. */
export const count = z.int().min(1)
export const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/u, 'is not an address or network such as 127.0.0.0/8')
/** Of a header field (RFC 5322 section 3.6.8). */
export const fieldName = z.string().regex(/^[!-9;-~]{1,80}$/u, 'is not the name of a header field')
/** A regular expression that hostile text may meet. */
export const safePattern = z.string().superRefine((text, context) => {
  const message = patternFault(text)
  if (message !== null) context.addIssue({ code: 'custom', message })
})
