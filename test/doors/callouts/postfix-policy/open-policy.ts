import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { AskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import type { CalloutAnswer, Disposition } from '../../../../service/doors/callouts/asking/callout-answer.ts'
import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import type { ClientProfile } from '../../../../service/doors/callouts/clients/client-profile.ts'
import {
  createPolicyDoor,
  type PolicyLimits
} from '../../../../service/doors/callouts/postfix-policy/policy-door.ts'
import { silentLogger, type Facts } from '../../../../service/telemetry/logger.ts'

export interface PolicySetting {
  readonly profile?: Partial<ClientProfile>
  readonly limits?: Partial<PolicyLimits>
  readonly disposition?: Disposition
  /** In place of an answer at once. */
  readonly ask?: AskCallout
  readonly clock?: () => number
  readonly path?: string
}

const base: ClientProfile = {
  name: 'postfix',
  kind: 'postfix-policy',
  mta: 'postfix',
  trusted: true,
  hold: 'quarantine',
  route: null,
  onFailure: 'open',
  mode: 'enforce',
  labels: true,
  identityHeader: null
}

/** The real door on a real socket; the seam behind it writes down what it is asked. */
export async function openPolicy(t: TestContext, setting: PolicySetting = {}) {
  const profile: ClientProfile = { ...base, ...setting.profile }
  const asked: CalloutRequest[] = []
  const warnings: { event: string; facts: Facts | undefined }[] = []
  const door = createPolicyDoor({
    ask: async (question) => {
      asked.push(question)
      return setting.ask?.(question) ?? answerOf(setting.disposition ?? 'accept', profile)
    },
    chooseClient: () => profile,
    identityHeader: 'X-AuthUser',
    clock: setting.clock ?? Date.now,
    log: { ...silentLogger, warn: (event, facts) => warnings.push({ event, facts }) },
    ...(setting.limits && { limits: setting.limits })
  })
  const place = setting.path === undefined ? { host: '127.0.0.1', port: 0 } : { path: setting.path }
  const port = await door.listen(place)
  t.after(() => door.close())
  return {
    asked,
    warnings,
    door,
    connect: () =>
      connectPolicy(t, port === null ? { path: setting.path ?? '' } : { host: '127.0.0.1', port })
  }
}

export function answerOf(disposition: Disposition, profile: ClientProfile = base): CalloutAnswer {
  const replies = {
    accept: { code: 250, status: '2.0.0', text: 'Ok' },
    quarantine: { code: 250, status: '2.0.0', text: 'Held for review' },
    route: { code: 250, status: '2.0.0', text: 'Held for review' },
    tempfail: { code: 451, status: '4.7.1', text: 'Needs review' },
    reject: { code: 550, status: '5.7.1', text: 'Refused' }
  } as const
  return { disposition, reply: replies[disposition], labels: [], verdict: null, profile }
}

/** Speaks as Postfix does, or says what it is told to. */
async function connectPolicy(t: TestContext, to: { host: string; port: number } | { path: string }) {
  const socket: Socket = connect(to)
  t.after(() => socket.destroy())
  socket.on('error', () => socket.destroy())
  let heard = ''
  let more = Promise.withResolvers<void>()
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
    more.resolve()
  })
  socket.on('close', () => more.resolve())
  await once(socket, 'connect')

  async function answer(): Promise<string> {
    while (!heard.includes('\n\n')) {
      if (socket.closed) return ''
      await more.promise
      more = Promise.withResolvers()
    }
    const end = heard.indexOf('\n\n')
    const one = heard.slice(0, end)
    heard = heard.slice(end + 2)
    return one
  }

  return {
    socket,
    answer,
    send: (bytes: string | Uint8Array) => void socket.write(bytes),
    say(facts: Readonly<Record<string, string>>): Promise<string> {
      socket.write(request(facts))
      return answer()
    }
  }
}

/** A question of Postfix 3.7 about alice's message, with other facts where they are given. */
export function request(facts: Readonly<Record<string, string>>): string {
  const all = {
    request: 'smtpd_access_policy',
    protocol_state: 'RCPT',
    protocol_name: 'ESMTP',
    client_address: '192.0.2.7',
    client_name: 'unknown',
    client_port: '40123',
    helo_name: 'laptop.local',
    sender: 'alice@a.test',
    recipient: '',
    recipient_count: '0',
    queue_id: '',
    instance: '7b.6740.1.0',
    size: '0',
    sasl_method: 'PLAIN',
    sasl_username: 'alice',
    encryption_protocol: 'TLSv1.3',
    encryption_cipher: 'TLS_AES_256_GCM_SHA384',
    policy_context: 'submission',
    ...facts
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`)
  return `${lines.join('')}\n`
}

export const rcpt = (recipient: string, facts = {}) => ({ recipient, ...facts })

export const end = (count: number, facts = {}) => ({
  protocol_state: 'END-OF-MESSAGE',
  recipient_count: String(count),
  queue_id: '4TxYz1',
  size: '5120',
  ...facts
})
