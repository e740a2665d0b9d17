import { z } from 'zod'
import { count, host, port } from './schema-values.ts'

export const routeSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['mx', 'smarthost']),
  host: host.optional(),
  port: port.default(25),
  user: z.string().optional(),
  /** Better given as `passwordFile`: its first line is read at start. */
  password: z.string().optional(),
  passwordFile: z.string().optional(),
  ehlo: z.string().optional(),
  tls: z.enum(['opportunistic', 'required', 'implicit', 'off']).default('opportunistic'),
  /** Loopback, private and metadata addresses are refused unless the route says so (no SSRF by MX record). */
  allowPrivate: z.boolean().default(false),
  /** Empty = every domain. */
  domains: z.array(z.string()).default([])
})

export const deliverySchema = z.strictObject({
  maxConnections: count.default(20),
  firstRetryDelayMs: count.default(300_000),
  maxRetryDelayMs: count.default(14_400_000),
  /** RFC 5321 section 4.5.4.1: the give-up time is at least 4-5 days. */
  maxAgeHours: z.number().positive().default(120),
  attemptTimeoutMs: count.default(600_000)
})
