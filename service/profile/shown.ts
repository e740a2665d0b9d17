import type { Observation } from '../observation/observation.ts'
import { compactHash } from './compact-hash.ts'

/** People, domains and threads of one message as profiles keep them: compact hashes, 0 for none. */
export interface Shown {
  readonly people: readonly number[]
  readonly domains: readonly number[]
  readonly links: readonly number[]
  readonly messageId: number
  readonly parents: readonly number[]
  readonly subject: number
  /** The sender's own address, by header-From: who copies himself is not his own contact. */
  readonly self: number
}

export function shownBy({
  recipients,
  links,
  thread,
  attributes
}: Pick<Observation, 'recipients' | 'links' | 'thread' | 'attributes'>): Shown {
  return {
    people: recipients.map(({ person }) => compactHash(person)),
    domains: recipients.map(({ domain }) => compactHash(domain)),
    links: links.map(({ domain }) => compactHash(domain)),
    messageId: hashOrNone(thread.messageId),
    parents: thread.parents.map(compactHash),
    subject: hashOrNone(thread.subject),
    self: hashOrNone(attributes.fromAddress)
  }
}

function hashOrNone(text: string): number {
  return text === '' ? 0 : compactHash(text)
}
