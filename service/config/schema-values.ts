import { z } from 'zod'

/** 0 = any free port, or none where the key says so. */
export const port = z.int().min(0).max(65_535)
export const host = z.string().min(1)
/** At least one. */
export const count = z.int().min(1)
export const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/u, 'is not an address or network such as 127.0.0.0/8')
