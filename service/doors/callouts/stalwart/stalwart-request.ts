import { z } from 'zod'
import type { CalloutRequest } from '../asking/callout-request.ts'
import { nameIn, toClient, toPaths } from '../json-hooks/from-json.ts'
import type { Caller } from '../json-hooks/http-caller.ts'
import { rebuildMessage } from './rebuild-message.ts'

const text = z.string().nullish()
/** More than a list manager sends at once; the body's own limit bounds the rest. */
const maxRecipients = 10_000
const maxHeaderFields = 10_000

const addressSchema = z.object({ address: text.describe('Empty: the null sender') })

/**
 * What Stalwart posts. Unknown fields pass, and nearly all may be missing or null: the sender is a mail server of whatever version, its
 * documentation differs from its source (stages in capitals, `ehlo` for `helo`, the protocol's version as text), and a request that is
 * refused is mail that is deferred for ever. https://stalw.art/docs/api/mta-hooks/request
 */
export const stalwartRequestSchema = z
  .object({
    context: z.object({
      stage: z.string().describe('Only `data`, in any case, is judged'),
      client: z.object({ ip: text, port: z.number().nullish(), helo: text, ehlo: text }).nullish(),
      sasl: z.object({ login: text.describe('The sender'), method: text }).nullish(),
      tls: z.object({ version: text, cipher: text }).nullish(),
      queue: z.object({ id: z.union([z.string(), z.number()]).nullish() }).nullish()
    }),
    envelope: z
      .object({ from: addressSchema.nullish(), to: z.array(addressSchema).max(maxRecipients) })
      .nullish(),
    message: z
      .object({
        headers: z.array(z.tuple([z.string(), z.string()])).max(maxHeaderFields),
        contents: z.string().describe('The body, its bytes read as UTF-8'),
        size: z.number().int().min(0).nullish()
      })
      .nullish()
  })
  .superRefine(({ context, envelope }, issues) => {
    if (isDecided(context.stage) && (envelope?.to.length ?? 0) === 0)
      issues.addIssue({
        code: 'custom',
        path: ['envelope'],
        message: 'is needed at the stage data, with a recipient'
      })
  })
  .describe('A hook of Stalwart')

export type StalwartRequest = z.output<typeof stalwartRequestSchema>

/** At the earlier stages there is no message yet. */
export function isDecided(stage: string): boolean {
  return stage.toLowerCase() === 'data'
}

/** `maxMessageBytes`: of larger messages only the envelope is shown. */
export function toCalloutRequest(
  { context, envelope, message }: StalwartRequest,
  { peer, introduction }: Caller,
  maxMessageBytes: number
): CalloutRequest {
  const { client, sasl, tls, queue } = context
  return {
    protocol: 'stalwart',
    peer,
    introduction,
    client: toClient({ ip: client?.ip, helo: client?.helo ?? client?.ehlo, port: client?.port, tls }),
    user: nameIn(sasl?.login, 254),
    authMethod: nameIn(sasl?.method, 32),
    ...toPaths(envelope),
    queueId: nameIn(String(queue?.id ?? ''), 128),
    ...toContent(message, maxMessageBytes)
  }
}

function toContent(
  message: StalwartRequest['message'],
  maxMessageBytes: number
): Pick<CalloutRequest, 'raw' | 'sizeBytes'> {
  if (!message) return { raw: null, sizeBytes: 0 }
  const raw = rebuildMessage(message.headers, message.contents)
  return { raw: raw.length > maxMessageBytes ? null : raw, sizeBytes: message.size ?? raw.length }
}
