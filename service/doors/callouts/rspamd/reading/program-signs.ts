import type { ClientKindName } from '../../clients/client-kinds.ts'
import { listOf, type RequestFields } from './request-fields.ts'

/**
 * By what the programs that speak rspamd's protocol give themselves away: the first row that fits, where no profile is configured. A wrong
 * guess must not let mail leave, so that `quarantine`, which only the milter understands, needs the surest sign.
 */
const signs: readonly {
  readonly kind: ClientKindName
  readonly fits: (fields: RequestFields) => boolean
}[] = [
  { kind: 'haraka', fits: (fields) => harakaId.test(first(fields, 'queue-id')) },
  {
    // Haraka can be told to send the flag, but not what the milter protocol alone knows
    kind: 'rspamd-proxy',
    fits: (fields) => listOf(fields, 'flags').includes('milter') && fields.has('mta-name')
  },
  { kind: 'postal', fits: (fields) => agent(fields).startsWith('postal') || isOutboundPostal(fields) },
  { kind: 'zonemta', fits: (fields) => /^nodemailer(?:-fetch)?\//u.test(agent(fields)) },
  { kind: 'kumomta', fits: (fields) => agent(fields).includes('kumo') },
  // filter-rspamd, which is written in Go, and Sluice's own filter
  {
    kind: 'opensmtpd',
    fits: (fields) => /^(?:go-http-client|sluice-filter-opensmtpd)\//u.test(agent(fields))
  }
]

/** `6D6B2C21-3F0B-4E4B-9F4E-2E5A0A2D8E11.1`: the transaction within its connection. */
const harakaId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d+$/iu

export function programOf(fields: RequestFields): ClientKindName | null {
  return signs.find(({ fits }) => fits(fields))?.kind ?? null
}

/** Older versions are silent on who they are, but say of outgoing mail that they don't know its user and its address. */
function isOutboundPostal(fields: RequestFields): boolean {
  return fields.get('user')?.[0] === '' && fields.get('ip')?.[0] === ''
}

function agent(fields: RequestFields): string {
  return first(fields, 'user-agent').toLowerCase()
}

function first(fields: RequestFields, name: string): string {
  return fields.get(name)?.[0] ?? ''
}
