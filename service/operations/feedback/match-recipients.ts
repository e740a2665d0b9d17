import type { RemoteOutcome } from '../../message/world-report.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'

/** What a report says of one of our recipients. */
export interface MatchedOutcome {
  /** As in the envelope. */
  readonly address: string
  readonly remote: RemoteOutcome
}

/**
 * Whom of the message a report means. The signed place decides where there is one: behind it an address may have been forwarded, and a
 * report names the last. Else the addresses that it names; else, of a message to one alone, that one. At most one outcome a recipient.
 */
export function matchRecipients(
  remotes: readonly RemoteOutcome[],
  message: QueuedMessage,
  place: number | null
): readonly MatchedOutcome[] {
  const { recipients } = message
  const only = place === null ? (recipients.length === 1 ? recipients[0] : undefined) : recipients[place]
  const first = remotes.find((one) => namesAny(one, only?.address)) ?? remotes[0]
  if (only !== undefined) return first === undefined ? [] : [{ address: only.address, remote: first }]
  if (place !== null) return []
  return recipients.flatMap(({ address }) => {
    const names = [address, originalOf(address, message)].flatMap((one) =>
      one === null ? [] : [one.toLowerCase()]
    )
    const remote = remotes.find(({ addresses }) => addresses.some((one) => names.includes(one.toLowerCase())))
    return remote === undefined ? [] : [{ address, remote }]
  })
}

function namesAny({ addresses }: RemoteOutcome, address: string | undefined): boolean {
  return address !== undefined && addresses.some((one) => one.toLowerCase() === address.toLowerCase())
}

/** As the sender first wrote it (RFC 3461 section 4.2): a report names it beside what became of it. */
function originalOf(address: string, { parameters }: QueuedMessage): string | null {
  const orcpt = parameters?.recipients[address]?.orcpt ?? null
  return orcpt === null ? null : orcpt.slice(orcpt.indexOf(';') + 1).trim()
}
