import { domainOfText } from '../../queue/indexes/destinations.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Job } from './lane.ts'
import { destinationKey, type Destination } from '../routes/route.ts'
import type { Choice } from '../routes/choice.ts'
import type { Steering } from '../routes/steering.ts'

/** RFC 5321 section 4.5.3.1.8: every host takes at least 100 recipients at once. */
const maxRecipients = 100

/** The open recipients that have no job yet, by destination, at most a hundred each. */
export function toJobs(message: QueuedMessage, turn: number, ways: Ways): readonly Job[] {
  const { id: messageId, senderId: sender } = message
  const base = { messageId, sender, round: message.attempts + 1, turn }
  const open = message.recipients.flatMap(({ address, state }) =>
    state === 'pending' && ways.inWindow?.has(domainOfText(address)) !== true ? [address] : []
  )
  return groups(message, open, ways).flatMap(({ choice, recipients }) =>
    chunksOf(recipients, Math.min(maxRecipients, ways.maxRecipients(choice.destination))).map((part) => ({
      ...base,
      destination: choice.destination,
      choice,
      recipients: part
    }))
  )
}

/** Who chooses the way of each domain. */
export interface Ways {
  readonly steering: Pick<Steering, 'choose'>
  /** Whether the window of the way takes another job. */
  readonly hasRoom: (destination: Destination) => boolean
  /** In one transaction. */
  readonly maxRecipients: (destination: Destination) => number
  /** Domains that have jobs already. */
  readonly inWindow?: ReadonlySet<string> | undefined
}

interface Group {
  readonly choice: Choice
  readonly recipients: string[]
}

function groups(
  message: QueuedMessage,
  open: readonly string[],
  { steering, hasRoom }: Ways
): readonly Group[] {
  const byKey = new Map<string, Group>()
  const chosen = new Map<string, Choice>()
  const avoid = triedLately(message)
  for (const address of open) {
    // Nothing is sent of a hold that expired: its one report goes under the first destination
    const named = isReturned(message) ? (open[0] ?? '') : address
    const domain = domainOfText(named)
    const { senderId: sender, label } = message
    const choice = chosen.get(domain) ?? steering.choose({ sender, domain, label, avoid, hasRoom })
    chosen.set(domain, choice)
    const key = destinationKey(choice.destination)
    const group = byKey.get(key) ?? { choice, recipients: [] }
    byKey.set(key, group)
    group.recipients.push(address)
  }
  return [...byKey.values()]
}

/** After this long a route that did not get a message through is as good as any. */
const forgetTriedMs = 60_000

/** Routes on which the last attempts, one after the other, did not get through just now. */
export function triedLately({ attemptLog, nextAttemptAt }: QueuedMessage): readonly string[] {
  const tried: string[] = []
  let until = nextAttemptAt
  for (const { fault, route, at, durationMs } of attemptLog.toReversed()) {
    if (fault !== 'path' || until - (at + durationMs) > forgetTriedMs) break
    tried.push(route)
    until = at
  }
  return tried
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
