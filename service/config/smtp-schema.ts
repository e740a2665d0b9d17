import { z } from 'zod'
import { count, host, network, port } from './schema-values.ts'

export const smtpSchema = z.strictObject({
  host: host.default('127.0.0.1'),
  hostname: host.default('localhost'),
  submissionPort: port.default(2587),
  submissionsPort: port.default(2465),
  relayPort: port.default(2525),
  relayNetworks: z.array(network).default(['127.0.0.0/8', '::1/128']),
  identityNetworks: z.array(network).default([]),
  identityHeader: z.string().default('X-AuthUser'),
  maxMessageBytes: count.default(26_214_400),
  maxRecipients: count.default(1_000),
  maxConnections: count.default(500),
  /** RFC 5321 section 4.5.3.2.7 asks a server to wait at least 5 minutes for the next command. */
  idleTimeoutMs: count.default(300_000),
  certificateFile: z.string().optional(),
  keyFile: z.string().optional()
})
