import { isIP } from 'node:net'
import type { Client } from '../../../message/submission.ts'
import type { PolicyAttributes } from './policy-codec.ts'

/** What Postfix tells of one SMTP command. */
export interface PolicyRequest {
  /** `RCPT`, `END-OF-MESSAGE`; every other state needs no answer of ours. */
  readonly state: string
  /** The same for all questions about one message; null: the client gave none. */
  readonly instance: string | null
  /** Known from the second recipient on. */
  readonly queueId: string | null
  readonly sender: string
  /** Empty after the recipients if there was more than one. */
  readonly recipient: string
  /** 0 before DATA. */
  readonly recipientCount: number
  /** At the end of the message its true size, before it what the client declared. */
  readonly sizeBytes: number
  readonly client: Client
  readonly user: string | null
  readonly authMethod: string | null
  /** `policy_context` of main.cf, by which an operator tells one way of asking from another. */
  readonly context: string | null
}

/** null: this is not a request that we know. Attributes that we do not need are passed over. */
export function toPolicyRequest(attributes: PolicyAttributes): PolicyRequest | null {
  if (attributes.get('request') !== 'smtpd_access_policy') return null
  const text = (name: string): string | null => attributes.get(name) || null
  const count = (name: string): number => countIn(attributes.get(name))
  return {
    state: text('protocol_state') ?? '',
    instance: text('instance'),
    queueId: text('queue_id'),
    sender: text('sender') ?? '',
    recipient: text('recipient') ?? '',
    recipientCount: count('recipient_count'),
    sizeBytes: count('size'),
    client: toClient(text, count('client_port')),
    user: text('sasl_username'),
    authMethod: text('sasl_method'),
    context: text('policy_context')
  }
}

function toClient(text: (name: string) => string | null, port: number): Client {
  const address = text('client_address') ?? ''
  const version = text('encryption_protocol')
  return {
    // Postfix says `unknown` of what came by no network
    ip: isIP(address) === 0 ? null : address,
    helo: text('helo_name'),
    port: port > 0 && port <= 65_535 ? port : null,
    tls: version === null ? null : { version, cipher: text('encryption_cipher') }
  }
}

function countIn(text = ''): number {
  return /^\d{1,15}$/u.test(text) ? Number(text) : 0
}
