import type { QueuedMessage } from '../records/queued-message.ts'

/** The domain of a stored address, in lower case; '' for one without. */
export function domainOfText(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? '' : address.slice(at + 1).toLowerCase()
}

/** The domains of the recipients that are still open. */
export function openDomains({ recipients }: Pick<QueuedMessage, 'recipients'>): ReadonlySet<string> {
  return new Set(
    recipients.flatMap(({ state, address }) => (state === 'pending' ? [domainOfText(address)] : []))
  )
}
