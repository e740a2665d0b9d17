import { createHash } from 'node:crypto'
import type { Submission } from '../../message/submission.ts'
import type { SenderKey, SenderStore } from '../../senders/sender-store.ts'
import type { Observer } from '../scoring-ports.ts'
import type { Asked } from './known-message.ts'

/** A mail server's question about the message that it names by its queue id. */
export interface Question extends Asked {
  readonly sender: SenderKey
  readonly key: string
  /** Of all that it shows: the same once more is answered without looking closer. */
  readonly digest: string
}

export interface QuestionOptions {
  readonly senders: Pick<SenderStore, 'keyOf'>
  readonly observer: Pick<Observer, 'recipients'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Null: it is no such question. MAIL FROM is part of the name, since an id that comes with another one names another message. */
export function questionOf(
  { requestId, requestKind, caller, envelope, raw, shows, onHold, shadow = false }: Submission,
  sender: SenderKey,
  { senders, observer, clock }: QuestionOptions
): Question | null {
  if (requestId === null || requestKind !== 'queue') return null
  const recipients = observer.recipients(envelope)
  const content = shows === 'envelope' ? null : digestOf(raw)
  const people = recipients.map(({ person }) => person).toSorted()
  const mailFrom = envelope.mailFrom === null ? '' : senders.keyOf(envelope.mailFrom)
  return {
    at: clock(),
    sender,
    key: digestOf(JSON.stringify(['queue', caller, sender, requestId, mailFrom])),
    digest: digestOf(JSON.stringify([content, shadow, ...people])),
    content,
    recipients,
    isRefusing: onHold === 'refused',
    isShadow: shadow
  }
}

function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}
