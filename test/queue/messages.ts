import { parseAddress, type Address } from '../../service/message/address.ts'
import type { NewMessage } from '../../service/queue/records/new-message.ts'

export const start = Date.UTC(2026, 10, 22, 8)

export function address(text: string): Address {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error(`${text} is no address`)
  return parsed
}

export interface MessageDraft extends Partial<Omit<NewMessage, 'envelope' | 'raw'>> {
  readonly from?: string | null
  readonly to?: readonly string[]
  readonly raw?: string | Uint8Array
}

let count = 0

/** A message as the doors hand it to the queue. */
export function newMessage({
  from = 'alice@example.org',
  to = ['bob@example.net'],
  raw,
  ...more
}: MessageDraft = {}): NewMessage {
  count += 1
  const id = more.id ?? `message-${count}`
  return {
    id,
    submissionId: id,
    verdictId: `verdict-of-${id}`,
    senderId: from ?? '',
    envelope: { mailFrom: from === null ? null : address(from), rcptTo: to.map(address) },
    label: 'normal',
    raw: Buffer.from(raw ?? `From: ${from ?? ''}\r\nSubject: ${id}\r\n\r\nhello\r\n`),
    messageId: null,
    subject: id,
    origin: {
      client: { ip: null, helo: null, port: null, tls: null },
      auth: null,
      sender: null,
      receivedAt: start,
      trace: ''
    },
    acceptedAt: start,
    ...more
  }
}
