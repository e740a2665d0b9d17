import type { ParsedMessage } from '../parse/parsed-message.ts'
import type { KeyedHash } from './keyed-hash.ts'
import type { ObservedThread } from './observation.ts'

const maxParents = 20

/** Our own id, those we answer, and the topic, as keyed hashes. */
export function observeThread(message: ParsedMessage, topic: string, keyedHash: KeyedHash): ObservedThread {
  const parents = new Set(message.references)
  if (message.inReplyTo !== null) parents.add(message.inReplyTo)
  return {
    messageId: keyedHash(message.messageId ?? ''),
    parents: [...parents].slice(-maxParents).map((id) => keyedHash(id)),
    subject: keyedHash(topic.toLowerCase().replaceAll(/\s+/gu, ' ').trim())
  }
}
