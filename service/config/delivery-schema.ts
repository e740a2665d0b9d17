import { isIP } from 'node:net'
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
  /** What we call ourselves on this route; default is `smtp.hostname`. */
  ehlo: z.string().optional(),
  /**
   * The local address that connections are bound to: what SPF, reverse names and blocklists know us by. With an IPv4 address no IPv6 host is
   * asked; with an IPv6 address hosts that have IPv4 alone are reached from whatever address the system takes, instead of not at all.
   */
  sourceAddress: z
    .string()
    .refine((text) => isIP(text) !== 0, 'is not an IP address')
    .optional(),
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
  /** A sender is told once that a message is late; the four hours are what people are used to. */
  delayNoticeHours: z.number().positive().default(4),
  /** Reports that one address gets from us in an hour: an abused one is not to be buried by what comes back. */
  maxReportsPerHour: count.default(60),
  attemptTimeoutMs: count.default(600_000)
})
