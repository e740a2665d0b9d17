import { z } from 'zod'
import {
  clientSchema,
  identitySchema,
  mailFromSchema,
  receivedAtSchema,
  recipientsSchema,
  requestIdSchema,
  type VerdictRequest
} from './verdict-request.ts'

/**
 * What accompanies a message that is posted as `message/rfc822`. Other `X-Sluice-*` fields are refused, and so is one that stands
 * twice, save `X-Sluice-Rcpt`: it would be ambiguous.
 */
export const verdictHeadersSchema = z.strictObject({
  'x-sluice-user': identitySchema.optional(),
  'x-sluice-client-ip': clientSchema.shape.ip.optional(),
  'x-sluice-helo': clientSchema.shape.helo.optional(),
  'x-sluice-from': mailFromSchema,
  'x-sluice-rcpt': recipientsSchema,
  'x-sluice-received-at': receivedAtSchema.optional(),
  'x-sluice-learn': z.enum(['auto', 'never']).default('auto'),
  'x-sluice-id': requestIdSchema.optional()
})

type Headers = z.output<typeof verdictHeadersSchema>

/** Our header fields of a request, `x-sluice-rcpt` as a list, for `verdictHeadersSchema`. `fields`: names and values in turn, as sent. */
export function readVerdictHeaders(fields: readonly string[]): Record<string, unknown> {
  const read: Record<string, readonly string[]> = {}
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = (fields[index] ?? '').toLowerCase()
    if (!name.startsWith('x-sluice-')) continue
    const value = utf8(fields[index + 1] ?? '')
    read[name] = [...(read[name] ?? []), ...(name === list ? splitList(value) : [value])]
  }
  return Object.fromEntries(
    Object.entries(read).map(([name, values]) => [
      name,
      name !== list && values.length === 1 ? values[0] : values
    ])
  )
}

/** The one field that may stand several times. */
const list = 'x-sluice-rcpt'

/** The same request as JSON would have made. */
export function fromHeaders(headers: Headers, raw: Uint8Array): VerdictRequest {
  const user = headers['x-sluice-user']
  return {
    id: headers['x-sluice-id'],
    receivedAt: headers['x-sluice-received-at'],
    client: { ip: headers['x-sluice-client-ip'], helo: headers['x-sluice-helo'] },
    auth: user === undefined ? null : { user },
    envelope: { from: headers['x-sluice-from'], to: headers['x-sluice-rcpt'] },
    raw,
    learn: headers['x-sluice-learn'],
    explain: false
  }
}

function splitList(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim())
}

/** HTTP hands field values over as Latin-1; internationalised addresses (RFC 6531) arrive as UTF-8 bytes in them. */
function utf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}
