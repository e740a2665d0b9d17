import { z } from 'zod'
import type { RequestFields } from './request-fields.ts'
import { RspamdError } from '../rspamd-error.ts'

const text = z.string()
const maxRecipients = 10_000

/** Of what `/checkv3` has in JSON in place of header fields that which we read. */
const metadataSchema = z.object({
  from: text.optional(),
  rcpt: z.array(text).max(maxRecipients).optional(),
  deliver_to: text.optional(),
  ip: text.optional(),
  helo: text.optional(),
  queue_id: text.optional(),
  user: text.optional(),
  settings_id: text.optional(),
  flags: z.array(text).optional(),
  tls: z.object({ cipher: text.optional(), version: text.optional() }).optional(),
  mta: z.object({ name: text.optional() }).optional(),
  // Named to be refused
  file: z.unknown().optional(),
  shm: z.unknown().optional()
})

/** What the metadata says, as the header fields that it stands for; of the request's own only those remain that it can't say. */
export function metadataFields(json: Uint8Array, ofRequest: RequestFields): RequestFields {
  const { rcpt, flags, tls, mta, ...plain } = parse(json)
  const said: readonly (readonly [string, unknown])[] = [
    ...Object.entries(plain).map(([key, value]) => [key.replaceAll('_', '-'), value] as const),
    ['flags', flags?.join(',')],
    ['tls-cipher', tls?.cipher],
    ['tls-version', tls?.version],
    ['mta-name', mta?.name]
  ]
  const fields = new Map<string, readonly string[]>()
  for (const name of kept) {
    const values = ofRequest.get(name)
    if (values !== undefined) fields.set(name, values)
  }
  for (const [name, value] of said)
    if (value !== undefined) fields.set(name, [typeof value === 'string' ? value.trim() : ''])
  if (rcpt !== undefined) fields.set('rcpt', rcpt)
  return fields
}

const kept = ['user-agent', 'password', 'key', 'dictionary', 'shm', 'file'] as const

function parse(json: Uint8Array): z.infer<typeof metadataSchema> {
  try {
    return metadataSchema.parse(JSON.parse(Buffer.from(json).toString('utf8')))
  } catch (cause) {
    throw Object.assign(new RspamdError(400, 'cannot parse metadata'), { cause })
  }
}
