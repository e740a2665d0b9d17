import { z } from 'zod'
import { count } from './schema-values.ts'

export const deliverySchema = z.strictObject({
  maxConnections: count.default(20),
  /** A connection is closed after so many messages: the balancers behind a host's name get their turn, and no host counts us out. */
  maxMessagesPerConnection: count.default(100),
  /** Of hosts that have both. IPv4 first: receivers judge IPv6 senders by far harder rules, and most names are earned on IPv4. */
  addresses: z.enum(['ipv4-first', 'ipv6-first', 'ipv4-only', 'ipv6-only']).default('ipv4-first'),
  /** Policies of RFC 8461 are asked for and kept; off only where no HTTPS leaves the network. */
  mtaSts: z.boolean().default(true),
  /**
   * A resolver that validates DNSSEC, on this machine or on a path that nobody else is on: `127.0.0.1`. With it DANE (RFC 7672) is on. Empty
   * = off: the word of a resolver that could be forged is worse than none.
   */
  validatingResolver: z
    .string()
    .regex(/^(?:|[0-9.]+(?::\d{1,5})?|\[[0-9a-fA-F:]+\](?::\d{1,5})?|[0-9a-fA-F:]+)$/u, 'is not an address')
    .default(''),
  /** PEM of the authorities that certificates of mail hosts must come from; default: those that node trusts. */
  authoritiesFile: z.string().optional(),
  /** Rules that tell why mail was refused, asked before those of the service: docs/operate/delivery.md. */
  bounceRulesFile: z.string().optional(),
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
