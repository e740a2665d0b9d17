import { z } from 'zod'
import { parseAddress, type Address } from '../message/address.ts'
import { takeIdentity, type IdentityHeader } from '../message/identity-header.ts'
import { withoutMapping } from '../message/mapped-address.ts'
import type { Client, Submission } from '../message/submission.ts'
import { decodeStrictBase64 } from './strict-base64.ts'

/** RFC 5321 asks servers for 100 recipients; list managers send some thousands. Beyond this a client splits the message. */
const maxRecipients = 10_000
/** 2000 to 2100: earlier or later is a broken clock, not mail. */
const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

// oxlint-disable-next-line no-control-regex -- control characters are what is refused here
const noControl = /^[^\u0000-\u001f\u007f]*$/u

/** Text that stands in logs, headers and answers: no control characters. */
export function line(maxLength: number) {
  return z.string().max(maxLength).regex(noControl, 'must not contain control characters')
}

export const addressSchema = z.string().max(254).transform(toAddress)

/** `""`, `"<>"` and null are the null sender of RFC 5321 section 4.5.5. */
export const mailFromSchema = z
  .string()
  .max(254)
  .nullable()
  .transform((text, context) =>
    text === null || text === '' || text === '<>' ? null : toAddress(text, context)
  )

export const receivedAtSchema = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-11-22T08:15:00Z' })
  .transform((text, context) => {
    const at = Date.parse(text)
    if (at >= earliest && at < latest) return at
    context.addIssue({ code: 'custom', message: 'must lie between 2000 and 2100' })
    return z.NEVER
  })

const rawSchema = z.string().transform((text, context) => {
  const bytes = decodeStrictBase64(text)
  if (bytes !== undefined) return bytes
  context.addIssue({
    code: 'custom',
    message: 'must be base64 (RFC 4648 section 4, padded, without line breaks)'
  })
  return z.NEVER
})

export const clientSchema = z.strictObject({
  ip: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' }).nullish(),
  helo: line(255).nullish(),
  port: z.int().min(0).max(65_535).nullish(),
  tls: z.strictObject({ version: line(32), cipher: line(128).nullish() }).nullish()
})

export const identitySchema = line(254).min(1)
export const requestIdSchema = line(128).min(1)
export const recipientsSchema = z.array(addressSchema).min(1).max(maxRecipients)

/** The body of `POST /v1/verdicts` (application/json). Unknown fields are refused at every depth. */
export const verdictRequestSchema = z
  .strictObject({
    id: requestIdSchema
      .nullish()
      .describe('Idempotency key: the same id and message is answered once and counted once, for 24 h'),
    receivedAt: receivedAtSchema
      .nullish()
      .describe(
        'RFC 3339; default now. Honoured for callers with a token of scope `score`, ignored for others'
      ),
    sender: identitySchema
      .nullish()
      .describe(
        'Explicit identity; default auth.user, else the configured header of the message, else envelope.from'
      ),
    client: clientSchema.nullish(),
    auth: z.strictObject({ user: identitySchema, method: line(32).nullish() }).nullish(),
    envelope: z.strictObject({ from: mailFromSchema, to: recipientsSchema }),
    raw: rawSchema.describe('base64 of the RFC 5322 bytes'),
    learn: z
      .enum(['auto', 'never'])
      .default('auto')
      .describe('`never`: score only. Without a token always never'),
    explain: z.boolean().default(false).describe('Give every contribution, also for an allow')
  })
  .describe('One message to score')

export type VerdictRequest = z.output<typeof verdictRequestSchema>

/** What the door knows beside the body. */
export interface Caller {
  /** Whom idempotency keys belong to: the token's id, or `loopback`. */
  readonly caller: string
  /** Came with a token of scope `score`: may teach, and may say when the message was received. */
  readonly trusted: boolean
  readonly submissionId: string
  /** Epoch ms. */
  readonly now: number
  /** Names the sender where the request does not; always taken out of the message, believed only of trusted callers. */
  readonly identityHeader?: IdentityHeader | null
}

/** The submission that a request asks to score. */
export function toSubmission(
  request: VerdictRequest,
  { caller, trusted, submissionId, now, identityHeader = null }: Caller
): Submission {
  const { client, auth, envelope } = request
  const { raw, identity } =
    identityHeader === null
      ? { raw: request.raw, identity: null }
      : takeIdentity(request.raw, identityHeader, trusted)
  return {
    id: submissionId,
    requestId: request.id ?? null,
    caller,
    receivedAt: trusted ? (request.receivedAt ?? now) : now,
    sender: request.sender ?? (auth ? null : identity),
    client: toClient(client),
    auth: auth ? { user: auth.user, method: auth.method ?? null } : null,
    envelope: { mailFrom: envelope.from, rcptTo: envelope.to },
    raw,
    sizeBytes: raw.length,
    learn: trusted ? request.learn : 'never',
    explain: request.explain
  }
}

function toClient(client: VerdictRequest['client']): Client {
  return {
    ip: typeof client?.ip === 'string' ? withoutMapping(client.ip) : null,
    helo: client?.helo ?? null,
    port: client?.port ?? null,
    tls: client?.tls ? { version: client.tls.version, cipher: client.tls.cipher ?? null } : null
  }
}

function toAddress(text: string, context: z.RefinementCtx): Address {
  const address = parseAddress(text)
  if (address !== undefined) return address
  context.addIssue({ code: 'custom', message: 'must be one mailbox, such as alice@example.org' })
  return z.NEVER
}
