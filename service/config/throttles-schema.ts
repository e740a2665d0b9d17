import { z } from 'zod'
import { count } from './schema-values.ts'

/** What `match` may hold: a domain, a host's name, a route, an address; `*.example.com` for all below. */
const pattern = z
  .string()
  .regex(/^(?:\*\.)?[^\s*|]{1,254}$/u, 'is neither a name, an address nor *. and a domain')

/**
 * Each limit is that of the first entry that matches and states it. Without any entry a destination's hosts get at most ten connections and a
 * quarter of ours (slow ones are several), a connection carries a hundred messages, a transaction a hundred recipients (RFC 5321 section
 * 4.5.3.1.8), and no rate is bounded: receivers publish none, and those that say "slow down" are heard (`[backOff]`).
 */
export const throttlesSchema = z
  .array(
    z
      .strictObject({
        /** What is counted together. Domains with the same mail exchangers are one destination. */
        per: z.enum(['destination', 'route', 'sender']),
        /** Of what `per` names: a destination by its domain or the name of one of its hosts, a sender by address or domain. Empty = all. */
        match: z.array(pattern).default([]),
        /** Only over these. Empty = all. */
        routes: z.array(z.string().min(1)).default([]),
        messagesPerMinute: count.optional(),
        messagesPerHour: count.optional(),
        maxConnections: count.optional(),
        /** At most what `delivery.maxMessagesPerConnection` says. */
        maxMessagesPerConnection: count.optional(),
        /** In one transaction; more take several. */
        maxRecipientsPerMessage: z.int().min(1).max(100).optional()
      })
      .check(({ value, issues }) => {
        const { per, routes, maxMessagesPerConnection, maxRecipientsPerMessage, ...limits } = value
        const isRate = [limits.messagesPerMinute, limits.messagesPerHour, limits.maxConnections].some(
          (limit) => limit !== undefined
        )
        const ofConnections = [maxMessagesPerConnection, maxRecipientsPerMessage].some(
          (limit) => limit !== undefined
        )
        const say = (message: string, path: string): void =>
          void issues.push({ code: 'custom', message, path: [path], input: value })
        if (!isRate && !ofConnections) say('states no limit', 'per')
        if (ofConnections && per !== 'destination')
          say('connections and transactions are bounded per destination only', 'per')
        if (routes.length > 0 && per === 'sender') say('a sender is counted over all routes', 'routes')
      })
  )
  .default([])
