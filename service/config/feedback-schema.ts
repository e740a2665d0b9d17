import { z } from 'zod'
import { count, host } from './schema-values.ts'

/** What comes back from the world: `smtp.feedbackPort` and `smtp.feedbackDomain` switch it on. */
export const feedbackSchema = z.strictObject({
  /**
   * How long after its message left a signed return path is good. Hosts give up after 5 days (RFC 5321 section 4.5.4.1), and 7 days after its
   * last attempt a message is forgotten here.
   */
  addressDays: z.int().min(1).max(60).default(12),
  /** A report brings back a header, rarely a message; nobody reads more. */
  maxReportBytes: count.default(1_048_576),
  /** Reports are short and few: a mail server that comes with more waits its turn. */
  maxConnections: count.default(50),
  idleTimeoutMs: count.default(120_000),
  /** Complaints that one feedback loop can bring in an hour; what is above it is to come again (451). */
  maxComplaintsPerHour: count.default(2_000),
  /** Complaints about one sender in an hour that count: after these everybody knows. */
  maxComplaintsOfSenderPerHour: count.default(50),
  /** Automatic answers and unreadable bounces that one mailbox gets passed on in an hour. */
  maxPassedOnPerHour: count.default(60)
})

/** A destination that asks us to slow down gets less, and step by step more again. */
export const backOffSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** What is left of its throttle after each request: half is what TCP takes (RFC 5681), and providers' limits are no finer. */
  factor: z.number().gt(0).lt(1).default(0.5),
  /** Below this share of the throttle nothing shrinks: mail must trickle, or nobody notices that the limit is gone. */
  minShare: z.number().gt(0).lte(1).default(0.02),
  /** Requests within this time are one: a hundred connections hear the same answer. */
  settleMs: count.default(60_000),
  /** What comes back, as a share of the throttle, after each quiet `rampMs`: in an hour or so from the least to the whole. */
  step: z.number().gt(0).lte(1).default(0.05),
  rampMs: count.default(180_000)
})

/** Blocklists that are asked about our own egress addresses. */
export const blocklistsSchema = z.strictObject({
  /**
   * None: every question tells the list's operator, and whoever runs the resolver, which addresses are ours. `zen.spamhaus.org`, `bl.spamcop.net`
   * and `b.barracudacentral.org` are what receivers ask most; each has terms of use.
   */
  zones: z
    .array(
      z
        .string()
        .regex(
          /^(?=.{1,200}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u,
          'is not a domain in lower case'
        )
    )
    .max(30)
    .default([]),
  /** Resolvers to ask. Lists refuse the big public ones; empty: those of the system. */
  servers: z.array(host).default([]),
  timeoutMs: count.default(5_000),
  intervalMinutes: z.int().min(5).max(1_440).default(60),
  /** Addresses beside those of the routes, such as the public one of an address translation. */
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(100)
    .default([])
})
