import type { CalloutRequest } from '../../asking/callout-request.ts'
import { parseClientAddress } from './client-address.ts'
import { programOf } from './program-signs.ts'
import { oneOf, type RequestFields } from './request-fields.ts'
import { RspamdError } from '../rspamd-error.ts'
import { splitRecipients } from './split-recipients.ts'

/** What is asked, but for the message itself. */
export type Envelope = Omit<CalloutRequest, 'raw' | 'sizeBytes'>

/**
 * Files and memory of our own machine that we should read in the message's place: nobody who merely reaches the port may name these. What
 * is encrypted with rspamd's own HTTPCrypt (`Key`) or needs a dictionary of its, we cannot read.
 */
const refused = {
  file: 'File',
  path: 'Path',
  shm: 'Shm',
  'shm-offset': 'Shm-Offset',
  'shm-length': 'Shm-Length',
  key: 'Key',
  dictionary: 'Dictionary'
} as const

/** Throws where a field is refused, or contradicts itself. */
export function toEnvelope(fields: RequestFields, peer: string | null): Envelope {
  for (const [field, name] of Object.entries(refused))
    if (fields.has(field)) throw new RspamdError(400, `${name} is not supported, send the message itself`)
  return {
    protocol: 'rspamd',
    peer,
    introduction: {
      settingsId: oneOf(fields, 'settings-id'),
      userAgent: oneOf(fields, 'user-agent'),
      password: oneOf(fields, 'password'),
      kind: programOf(fields)
    },
    client: {
      ip: parseClientAddress(oneOf(fields, 'ip')),
      helo: oneOf(fields, 'helo'),
      port: null,
      tls: tlsOf(fields)
    },
    user: oneOf(fields, 'user'),
    authMethod: null,
    mailFrom: oneOf(fields, 'from') ?? '',
    rcptTo: recipientsOf(fields),
    queueId: oneOf(fields, 'queue-id')
  }
}

/** Some clients name only `Deliver-To`, the mailbox of a message with one recipient. */
function recipientsOf(fields: RequestFields): readonly string[] {
  const values = fields.get('rcpt') ?? fields.get('deliver-to') ?? []
  return [...new Set(values.flatMap(splitRecipients))]
}

function tlsOf(fields: RequestFields): Envelope['client']['tls'] {
  const version = oneOf(fields, 'tls-version')
  const cipher = oneOf(fields, 'tls-cipher')
  return version === null && cipher === null ? null : { version: version ?? 'unknown', cipher }
}
