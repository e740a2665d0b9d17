import type { NewMessage } from '../../queue/records/new-message.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { composeDsn, type FailedRecipient } from './dsn.ts'

export interface NoticeOptions {
  readonly hostname: string
  readonly newId: () => string
  readonly clock: () => number
}

const unknownClient = { ip: null, helo: null, port: null, tls: null }

/** The report to the sender, as a message of our own. */
export function toNotice(
  message: QueuedMessage,
  raw: Uint8Array,
  failed: readonly FailedRecipient[],
  { hostname, newId, clock }: NoticeOptions
): NewMessage {
  const id = newId()
  const at = clock()
  return {
    id,
    submissionId: message.submissionId,
    // Ours, and so not judged
    verdictId: '',
    senderId: '',
    envelope: {
      mailFrom: null,
      rcptTo: message.envelope.mailFrom === null ? [] : [message.envelope.mailFrom]
    },
    label: 'normal',
    raw: composeDsn(message, raw, failed, { hostname, id, at }),
    messageId: `<${id}@${hostname}>`,
    subject: 'Undelivered mail returned to sender',
    origin: { client: unknownClient, auth: null, sender: null, receivedAt: at, trace: '' },
    acceptedAt: at
  }
}
