import { z } from 'zod'
import { decodeStrictBase64 } from '../../../contracts/strict-base64.ts'
import type { CalloutRequest } from '../asking/callout-request.ts'
import { nameIn, toClient, toPaths } from '../json-hooks/from-json.ts'
import type { Caller } from '../json-hooks/http-caller.ts'
import { HookError } from './hook-error.ts'

const text = z.string().nullish()
const addressSchema = z.object({ address: text.describe('null: the null sender') })
const maxRecipients = 10_000

/** What the mail server would do: it has been told so by its own rules, or by those whom it asked before us. */
export const knownActions = ['accept', 'quarantine', 'reject', 'discard', 'disconnect'] as const
export type KnownAction = (typeof knownActions)[number]

/**
 * What a mail server posts: the properties that were agreed on. Unknown ones pass, and most may be missing or null: the protocol is an
 * Internet-Draft (draft-degennaro-mta-hooks-01) that its clients implement in part, and a request that is refused is mail that is deferred
 * for ever. Only what would change the judgement without a word is refused: the action, the envelope, the bytes.
 */
export const hookRequestSchema = z
  .object({
    stage: z.string().describe('Only `data` is judged; of all others nothing is changed'),
    action: text,
    envelope: z
      .object({ from: addressSchema.nullish(), to: z.array(addressSchema).max(maxRecipients).nullish() })
      .nullish(),
    rawMessage: text.describe(
      'base64 (RFC 4648 section 4) of the message; null: only its envelope is judged'
    ),
    queue: z.object({ id: text }).nullish(),
    client: z.object({ ip: text, port: z.number().nullish(), ehlo: text }).nullish(),
    auth: z.object({ login: text.describe('The sender'), method: text }).nullish(),
    tls: z.object({ version: text, cipher: text }).nullish()
  })
  .superRefine(({ stage, action, envelope }, issues) => {
    if (!isDecided(stage)) return
    if ((envelope?.to?.length ?? 0) === 0)
      issues.addIssue({ code: 'custom', path: ['envelope', 'to'], message: 'has to name a recipient' })
    if (!isKnownAction(action ?? 'accept'))
      issues.addIssue({ code: 'custom', path: ['action'], message: `can be ${knownActions.join(', ')}` })
  })
  .describe('A hook of MTA Hooks')

export type HookRequest = z.output<typeof hookRequestSchema>

/** Elsewhere there is no message to judge yet, or it has been accepted already. */
export function isDecided(stage: string): boolean {
  return stage === 'data'
}

export function plannedAction({ action }: HookRequest): KnownAction {
  const planned = action ?? 'accept'
  return isKnownAction(planned) ? planned : 'accept'
}

function isKnownAction(planned: string): planned is KnownAction {
  return knownActions.some((action) => action === planned)
}

export interface HookCall {
  readonly caller: Caller
  /** Stays the same when a mail server asks again because it got no answer: names the message where it has no queue id yet. */
  readonly requestId: string
  /** Of larger messages only the envelope is shown. */
  readonly maxMessageBytes: number
}

/** The question, and the bytes that were shown, however many. Throws HookError. */
export function toCalloutRequest(
  { envelope, rawMessage, queue, client, auth, tls }: HookRequest,
  { caller, requestId, maxMessageBytes }: HookCall
): { readonly request: CalloutRequest; readonly message: Uint8Array } {
  const message = decode(rawMessage ?? '')
  const { peer, introduction } = caller
  const request: CalloutRequest = {
    protocol: 'mta-hooks',
    peer,
    introduction,
    client: toClient({ ip: client?.ip, helo: client?.ehlo, port: client?.port, tls }),
    user: nameIn(auth?.login, 254),
    authMethod: nameIn(auth?.method, 32),
    ...toPaths(envelope),
    queueId: nameIn(queue?.id, 128) ?? `request-${requestId}`,
    raw: message.length === 0 || message.length > maxMessageBytes ? null : message,
    sizeBytes: message.length
  }
  return { request, message }
}

function decode(rawMessage: string): Uint8Array {
  const bytes = decodeStrictBase64(rawMessage)
  if (bytes === undefined)
    throw new HookError('INVALID_REQUEST', 'rawMessage: must be base64, padded, in one line')
  return bytes
}
