import { z } from 'zod'
import { count, fieldName, host, network, port, safePattern } from './schema-values.ts'
import { smtpBoundsSchema } from './smtp-bounds-schema.ts'

export const smtpSchema = z
  .strictObject({
    host: host.default('127.0.0.1'),
    hostname: host.default('localhost'),
    submissionPort: port.default(2587),
    submissionsPort: port.default(2465),
    relayPort: port.default(2525),
    /** Bounces and complaints come in here, for addresses at `feedbackDomain` that we signed ourselves. 0: none. */
    feedbackPort: port.default(0),
    /**
     * Whose MX leads to `feedbackPort`. With it every message leaves with a signed return path at this domain, and its SPF record is the one that
     * receivers look at; without it bounces go to the sender.
     */
    feedbackDomain: host
      .transform((name) => name.toLowerCase())
      .refine((name) => /^(?=.{1,180}$)[a-z0-9.-]+\.[a-z0-9-]+$/u.test(name), 'is not a domain')
      .optional(),
    relayNetworks: z.array(network).default(['127.0.0.0/8', '::1/128']),
    identityNetworks: z.array(network).default([]),
    /** In mail from `identityNetworks` the topmost one says who sends; from whoever it comes, all are taken out. */
    identityHeader: fieldName.default('X-AuthUser'),
    /** Where the identity stands in its value: the first group, else the whole match. What does not match names nobody. */
    identityPattern: safePattern.optional(),
    maxMessageBytes: count.default(26_214_400),
    maxRecipients: count.default(1_000),
    maxConnections: count.default(500),
    /** RFC 5321 section 4.5.3.2.7 asks a server to wait at least 5 minutes for the next command. */
    idleTimeoutMs: count.default(300_000),
    /** Load balancers: the PROXY header (v1 and v2) with which they begin each connection is believed, and has to come. */
    proxyNetworks: z.array(network).default([]),
    /** The listeners at which they do so; elsewhere, and from anybody else, the header is refused. */
    proxyListeners: z.array(z.enum(['submission', 'submissions', 'relay'])).default([]),
    bounds: smtpBoundsSchema.prefault({}),
    certificateFile: z.string().optional(),
    keyFile: z.string().optional()
  })
  .refine(({ feedbackPort, feedbackDomain }) => feedbackPort === 0 || feedbackDomain !== undefined, {
    path: ['feedbackPort'],
    message: 'needs smtp.feedbackDomain: only addresses that were signed for it are taken there'
  })
