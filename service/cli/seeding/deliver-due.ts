import { createChance, type Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'

export interface InventedWorld {
  readonly seed: string
  /** Epoch ms. */
  readonly now: number
  readonly isBad: (messageId: string) => boolean
}

const refusedShare = 0.35
const unknownShare = 0.004
const mx = 'mx.example.net'

/** What is due leaves at once: delivered, refused as spam where other hosts notice, or bounced from an address that nobody has. */
export async function deliverDue(queue: Queue, { seed, now, isBad }: InventedWorld): Promise<void> {
  const due = Array.from(queue.ready(now), ({ id }) => id)
  const messages = due.flatMap((id) => queue.get(id) ?? [])
  await Promise.all(
    messages.map(async (message) => {
      const chance = createChance(`${seed} delivery ${message.id}`)
      const isRefused = isBad(message.id) && chance.happens(refusedShare)
      const recipients = message.recipients.map((one) => settled(one, message, isRefused, chance, now))
      const attempt = {
        at: now,
        durationMs: chance.int(90, 2_500),
        route: 'direct',
        mx,
        recipients: recipients.length,
        reply: recipients[0]?.reply ?? ''
      }
      await queue.recordOutcome(message.id, { round: 1, recipients, attempt, nextAttemptAt: null })
    })
  )
}

function settled(
  { address }: RecipientOutcome,
  { hold }: QueuedMessage,
  isRefused: boolean,
  chance: Chance,
  at: number
): RecipientOutcome {
  if (hold?.decision?.kind === 'expired')
    return { address, state: 'expired', reply: null, status: null, mx: null, at }
  if (isRefused)
    return { address, state: 'bounced', reply: '554 5.7.1 Message refused as spam', status: '5.7.1', mx, at }
  if (chance.happens(unknownShare))
    return { address, state: 'bounced', reply: '550 5.1.1 User unknown', status: '5.1.1', mx, at }
  return { address, state: 'delivered', reply: '250 2.0.0 OK', status: '2.0.0', mx, at }
}
