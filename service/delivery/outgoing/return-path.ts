import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { DeliveryRoute } from '../routes/route.ts'
import type { SignedAddresses } from '../feedback/signed-address.ts'

/** What goes into MAIL FROM instead of the sender's address; null: the sender's own. */
export type ReturnPath = (
  message: QueuedMessage,
  recipients: readonly string[],
  route: Pick<DeliveryRoute, 'kind'>
) => string | null

/**
 * A signed return path (VERP): with it whatever comes back names its message, and of a transaction to one recipient that recipient. Never
 * for a null sender, which must not be answered (RFC 5321 section 4.5.5), nor into our own mailboxes, where people see it.
 */
export function createReturnPath(
  addresses: Pick<SignedAddresses, 'returnPath'>,
  clock: () => number
): ReturnPath {
  return function returnPath({ id, envelope }, recipients, { kind }) {
    if (envelope.mailFrom === null || kind === 'local') return null
    const [only, ...others] = recipients
    const place =
      only === undefined || others.length > 0 ? -1 : envelope.rcptTo.findIndex((one) => one === only)
    return addresses.returnPath(id, place === -1 ? null : place, clock())
  }
}
