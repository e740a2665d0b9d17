import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { discoverySchema } from '../../../service/doors/callouts/mta-hooks/discovery.ts'
import { hookAnswerSchema, type HookAnswer } from '../../../service/doors/callouts/mta-hooks/hook-answer.ts'
import type { Mail } from '../harness/mails.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { joinMail, splitMail, toSent, type Field, type KeptMails } from './kept-mails.ts'

export interface MtaHooksStandIn {
  /** `queueId`: its name of the message; another one a message unless given. */
  readonly send: (mail: Mail, queueId?: string) => Promise<Sent>
  /** What was quarantined, by Message-ID. */
  readonly quarantine: ReadonlySet<string>
  readonly registrations: () => number
}

export interface MtaHooksStandInOptions {
  /** Where Sluice's HTTP stands. */
  readonly origin: string
  readonly token: string
  readonly timeoutMs: number
  readonly world: KeptMails
}

/**
 * Stands where a mail server with MTA Hooks would: finds out where to register, registers once, asks for every message, once more with the
 * same request id if no answer came or its registration was gone, and acts on the answer by the Internet-Draft. Unlike rspamd's bridge it
 * tells who has logged in.
 */
export function mtaHooksStandIn({
  origin,
  token,
  timeoutMs,
  world
}: MtaHooksStandInOptions): MtaHooksStandIn {
  const quarantine = new Set<string>()
  let registered: Registered | null = null
  let registrations = 0

  const call = (
    path: string,
    body: object | null,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {}
  ) =>
    fetch(new URL(path, origin), {
      method: body === null ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body && { body: JSON.stringify(body) }),
      signal
    })

  async function register(signal: AbortSignal): Promise<Registered> {
    const found = discoverySchema.parse(await (await call('/.well-known/mta-hooks', null, signal)).json())
    const response = await call(found.endpoints.registration, registration, signal)
    if (response.status !== 201) throw new Error(`registration: ${response.status}`)
    registrations += 1
    return registeredSchema.parse(await response.json())
  }

  async function ask(body: object, requestId: string, signal: AbortSignal): Promise<HookAnswer | null> {
    registered ??= await register(signal)
    const response = await call(registered.hookEndpoint, body, signal, {
      'x-mta-hooks-registration': registered.registrationId,
      'x-mta-hooks-request-id': requestId
    })
    if (response.status === 204) return null
    if (response.status === 404 || response.status === 410) registered = null
    if (response.status !== 200) throw new Error(`hook: ${response.status}`)
    return hookAnswerSchema.strict().parse(await response.json())
  }

  async function send(mail: Mail, queueId = randomUUID().slice(0, 8)): Promise<Sent> {
    const startedAt = performance.now()
    const requestId = randomUUID()
    const body = toRequest(mail, queueId)
    // One budget for all tries: a scanner that hangs is not asked again
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await ask(body, requestId, signal).catch(() => ask(body, requestId, signal))
      const action = answer?.set?.find(({ path }) => path === '/action')?.value ?? 'accept'
      if (action === 'reject') return toSent(refusal(answer), startedAt)
      if (action === 'quarantine') quarantine.add(mail.messageId)
      else world.keep({ from: mail.from, to: mail.to, data: changed(mail.raw, answer) })
      return toSent('250 2.0.0 Ok', startedAt)
    } catch {
      return toSent('451 4.7.1 Service unavailable', startedAt)
    }
  }

  return { send, quarantine, registrations: () => registrations }
}

const registeredSchema = z.object({ registrationId: z.string(), hookEndpoint: z.string() })
type Registered = z.output<typeof registeredSchema>

const registration = {
  name: 'stand-in',
  version: '1',
  timeoutMs: 12_000,
  serialization: 'json',
  inbound: {
    stages: ['data'],
    properties: ['/stage', '/action', '/rawMessage', '/envelope', '/queue', '/client', '/auth', '/senderAuth']
  }
}

function toRequest({ user, from, to, raw }: Mail, queueId: string): object {
  return {
    stage: 'data',
    action: 'accept',
    envelope: {
      from: { address: from, parameters: {} },
      to: to.map((address) => ({ address, parameters: {} }))
    },
    rawMessage: Buffer.from(raw).toString('base64'),
    queue: { id: queueId },
    client: { ip: '127.0.0.1', port: 40_000, ehlo: 'laptop.example.org' },
    auth: { login: user, method: 'PLAIN' }
  }
}

function refusal(answer: HookAnswer | null): string {
  const response = answer?.set?.find((one) => one.path === '/response')?.value
  return response === undefined
    ? '550 5.7.1 Rejected by policy'
    : `${response.code} ${response.enhancedCode} ${response.message}`
}

/** First what is added, then what is deleted, as the draft orders them. */
function changed(raw: string, answer: HookAnswer | null): string {
  const { fields, body } = splitMail(raw)
  const added = answer?.add?.map(({ value }): Field => [value.name, ` ${value.value}`]) ?? []
  const result = [...fields, ...added]
  for (const { path } of answer?.delete ?? [])
    result.splice(Number(path.slice('/message/headers/'.length)), 1)
  return joinMail({ fields: result, body })
}
