import type { z } from 'zod'
import {
  messagePageSchema,
  queuedMessageSchema,
  type QueuedMessageAnswer
} from '../../../service/contracts/queue.ts'
import { verdictAnswerSchema, type VerdictAnswer } from '../../../service/contracts/verdict-answer.ts'
import { habitualMail, type Mail } from './mails.ts'

const dayMs = 86_400_000

export interface SluiceApi {
  /** Any other endpoint, as the administrator. Throws unless the status is 2xx. */
  call(method: string, path: string, body?: object): Promise<unknown>
  /** What Sluice says of a mail, without any effect. */
  judge(mail: Mail): Promise<VerdictAnswer>
  /** Gives the sender a history: a habitual mail a day, the last one yesterday at this hour. */
  teach(sender: string, days?: number): Promise<void>
  /** Everything that Sluice keeps as held of this sender. */
  held(sender: string): Promise<readonly QueuedMessageAnswer[]>
  release(holdId: string): Promise<void>
  contain(sender: string, state: 'normal' | 'watched' | 'restricted' | 'suspended'): Promise<void>
}

export function createSluiceApi(http: string, adminToken: string): SluiceApi {
  return { call, judge, teach, held, release, contain }

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(path, http), {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body && { 'content-type': 'application/json' })
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000)
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }

  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    ...request: Parameters<typeof call>
  ): Promise<z.output<Schema>> {
    return schema.parse(await call(...request))
  }

  function judge(mail: Mail): Promise<VerdictAnswer> {
    return ask(verdictAnswerSchema, 'POST', '/v1/verdicts', { ...toRequest(mail), learn: 'never' })
  }

  async function teach(sender: string, days = 30): Promise<void> {
    for (let day = days; day > 0; day -= 1) {
      const at = Date.now() - day * dayMs
      const { verdict } = await ask(verdictAnswerSchema, 'POST', '/v1/verdicts', {
        ...toRequest(habitualMail(sender, at)),
        receivedAt: new Date(at).toISOString()
      })
      if (verdict !== 'allow') throw new Error(`a habitual mail of ${sender} is not allowed: ${verdict}`)
    }
  }

  async function held(sender: string): Promise<readonly QueuedMessageAnswer[]> {
    const query = new URLSearchParams({ sender })
    return (await ask(messagePageSchema, 'GET', `/v1/held?${query.toString()}`)).items
  }

  async function release(holdId: string): Promise<void> {
    await ask(queuedMessageSchema, 'POST', `/v1/held/${holdId}/release`, { note: 'the sender was asked' })
  }

  async function contain(sender: string, state: string): Promise<void> {
    await call('PUT', `/v1/senders/${encodeURIComponent(sender)}/containment`, { state })
  }
}

/** As a mail server on the loopback address shows it. */
function toRequest({ user, from, to, raw }: Mail): object {
  return {
    client: { ip: '127.0.0.1', helo: 'laptop.example.org' },
    auth: { user, method: 'PLAIN' },
    envelope: { from, to },
    raw: Buffer.from(raw).toString('base64')
  }
}
