import { domainOfText } from '../../queue/indexes/destinations.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Job } from './lane.ts'
import { destinationKey, destinationOf, type DeliveryRoute, type Destination } from '../routes/route.ts'

/** RFC 5321 section 4.5.3.1.8: every host takes at least 100 recipients at once. */
const maxRecipients = 100

/** The open recipients by destination, at most a hundred each. */
export function toJobs(
  message: QueuedMessage,
  routes: readonly DeliveryRoute[],
  turn: number
): readonly Job[] {
  const base = { messageId: message.id, round: message.attempts + 1, turn }
  const open = message.recipients.flatMap(({ address, state }) => (state === 'pending' ? [address] : []))
  return groups(message, open, routes).flatMap(({ destination, recipients }) =>
    chunksOf(recipients, maxRecipients).map((part) => ({ ...base, destination, recipients: part }))
  )
}

interface Group {
  readonly destination: Destination
  readonly recipients: string[]
}

function groups(
  message: QueuedMessage,
  open: readonly string[],
  routes: readonly DeliveryRoute[]
): readonly Group[] {
  const byKey = new Map<string, Group>()
  for (const address of open) {
    // Nothing is sent of a hold that expired: its one report goes under the first destination
    const named = isReturned(message) ? (open[0] ?? '') : address
    const destination = destinationOf(routes, domainOfText(named))
    const key = destinationKey(destination)
    const group = byKey.get(key) ?? { destination, recipients: [] }
    byKey.set(key, group)
    group.recipients.push(address)
  }
  return [...byKey.values()]
}

/** A hold that nobody decided in time: the message goes back to its sender. */
export function isReturned(message: QueuedMessage): boolean {
  return message.hold?.decision?.kind === 'expired'
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size)
  )
}
