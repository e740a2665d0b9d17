import { parseAddress, type Address } from '../../service/message/address.ts'
import type { Submission } from '../../service/message/submission.ts'

export interface MessageParts {
  readonly from?: string
  readonly to?: string
  readonly subject?: string
  readonly date?: string
  readonly messageId?: string
  /** More fields, in order; may repeat names. */
  readonly fields?: readonly (readonly [name: string, value: string])[]
  readonly text?: string
  readonly html?: string
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly content: string }[]
}

/** A message as a mail program writes it; text alone, alternatives with `html`, mixed with `attachments`. */
export function buildMessage(parts: MessageParts = {}): Uint8Array {
  const { from = 'Ann Example <ann@example.com>', to = 'Bob <bob@example.net>', subject = 'Hello' } = parts
  const { date = 'Mon, 02 Nov 2026 09:30:00 +0100', messageId = '<1@example.com>', fields = [] } = parts
  const head = [
    ['From', from],
    ['To', to],
    ['Subject', subject],
    ['Date', date],
    ['Message-ID', messageId],
    ['MIME-Version', '1.0'],
    ...fields
  ]
  return bytes([...head.map(([name, value]) => `${name}: ${value}`), ...body(parts)])
}

/** Lines → bytes with CRLF. */
export function bytes(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join('\r\n'))
}

export function buildSubmission(raw: Uint8Array, changes: Partial<Submission> = {}): Submission {
  return {
    id: 'test-1', requestId: null, caller: 'test', receivedAt: Date.UTC(2026, 10, 2, 8, 30), sender: null,
    client: { ip: '203.0.113.7', helo: 'laptop.example.com', port: 52_311, tls: null },
    auth: { user: 'ann@example.com', method: 'PLAIN' },
    envelope: { mailFrom: addressOf('ann@example.com'), rcptTo: [addressOf('bob@example.net')] },
    raw, sizeBytes: raw.length, learn: 'auto', explain: false, ...changes
  } // prettier-ignore
}

export function addressOf(text: string): Address {
  const address = parseAddress(text)
  if (address === undefined) throw new Error(`not an address: ${text}`)
  return address
}

const utf8 = 'charset=utf-8'

function body({
  text = 'Hi Bob,\r\n\r\nsee you tomorrow.\r\n',
  html,
  attachments = []
}: MessageParts): string[] {
  if (attachments.length > 0) {
    const inner = html === undefined ? plain(text) : alternatives(text, html)
    const files = attachments.flatMap(({ name, type, content }) => [
      '--mixed',
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      btoa(content)
    ])
    return [
      'Content-Type: multipart/mixed; boundary=mixed',
      '',
      '--mixed',
      ...inner,
      ...files,
      '--mixed--',
      ''
    ]
  }
  return html === undefined ? plain(text) : alternatives(text, html)
}

function plain(text: string): string[] {
  return [`Content-Type: text/plain; ${utf8}`, 'Content-Transfer-Encoding: 8bit', '', text]
}

function alternatives(text: string, html: string): string[] {
  const htmlPart = [`Content-Type: text/html; ${utf8}`, 'Content-Transfer-Encoding: 8bit', '', html]
  return [
    'Content-Type: multipart/alternative; boundary=alt',
    '',
    '--alt',
    ...plain(text),
    '--alt',
    ...htmlPart,
    '--alt--',
    ''
  ]
}
