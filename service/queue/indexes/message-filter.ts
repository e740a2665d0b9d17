import type { MessageState, QueuedMessage } from '../records/queued-message.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'
import { domainOfText } from './destinations.ts'

/** Which messages are meant; what is absent does not matter. */
export interface MessageFilter {
  readonly state?: MessageState | undefined
  /** Exact sender id. */
  readonly sender?: string | undefined
  /** Of a recipient; of one that is still open where the message waits. */
  readonly domain?: string | undefined
  /** By which it was tried last. */
  readonly route?: string | undefined
  readonly label?: PriorityLabel | undefined
  /** Accepted before this. Epoch ms. */
  readonly acceptedBefore?: number | undefined
}

/** Pure. */
export function isMeant(message: QueuedMessage, filter: MessageFilter): boolean {
  const { state, sender, label, acceptedBefore } = filter
  return (
    (state === undefined || message.state === state) &&
    (sender === undefined || message.senderId === sender) &&
    (label === undefined || message.label === label) &&
    (acceptedBefore === undefined || message.acceptedAt < acceptedBefore) &&
    isRouted(message, filter) &&
    goesTo(message, filter)
  )
}

function isRouted({ attemptLog }: QueuedMessage, { route }: MessageFilter): boolean {
  return route === undefined || attemptLog.at(-1)?.route === route
}

function goesTo({ state, recipients }: QueuedMessage, { domain }: MessageFilter): boolean {
  if (domain === undefined) return true
  return recipients.some(
    (one) => domainOfText(one.address) === domain && (state !== 'queued' || one.state === 'pending')
  )
}
