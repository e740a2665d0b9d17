import { isIP } from 'node:net'
import type { DeliveryFacts } from '../../history/rows/delivery-row.ts'
import type { HoldFacts } from '../../history/rows/hold-row.ts'
import { canonicalAddress, domainOf, parseAddress } from '../../message/address.ts'
import type { QueueStep } from '../../queue/queue-step.ts'
import type { RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { SenderStore } from '../../senders/sender-store.ts'

export interface RememberStepsOptions {
  readonly senders: Pick<SenderStore, 'keyOf'>
  /** Keyed hash, as observations name people and domains. */
  readonly keyedHash: (text: string) => string
  /** The organisational domain of a name, or the name itself. */
  readonly organisationOf: (domain: string) => string
  /** Inside the transaction. */
  readonly recordHold: (facts: HoldFacts) => void
  /** Inside the transaction: all of one sender. */
  readonly recordDeliveries: (sender: string, facts: readonly DeliveryFacts[]) => void
}

/** Inside the transaction of a step of the queue: leaves rows of history. Reports of our own have no sender, and leave none. */
export function createRememberSteps({
  senders,
  keyedHash,
  organisationOf,
  recordHold,
  recordDeliveries
}: RememberStepsOptions) {
  const hostOf = createHostOf(keyedHash, organisationOf)
  return function rememberStep(step: QueueStep): void {
    const { id, senderId, verdictId, submissionId } = step.message
    if (senderId === '') return
    const sender = senders.keyOf(senderId)
    const hold = holdStep(step)
    if (hold !== null) recordHold({ holdId: id, verdictId, submissionId, sender, ...hold })
    const outcomes = deliverySteps(step)
    if (outcomes.length === 0) return
    recordDeliveries(
      sender,
      outcomes.map(({ address, ...outcome }) => ({
        queueId: id,
        submissionId,
        sender,
        ...peopleOf(address, keyedHash),
        ...outcome,
        mx: hostOf(outcome.mx, address),
        reply: withoutNames(outcome.reply, address, organisationOf)
      }))
    )
  }
}

function holdStep(step: QueueStep): Pick<HoldFacts, 'at' | 'event' | 'hold'> | null {
  switch (step.kind) {
    case 'held':
      return { at: step.hold.heldAt, event: 'held', hold: step.hold }
    case 'held-on':
      return { at: step.at, event: 'hardened', hold: step.hold }
    case 'decided':
      return { at: step.decision.at, event: step.decision.kind, hold: step.hold }
    case 'accepted':
    case 'tried':
    case 'cancelled':
      return null
  }
}

interface Outcome extends Omit<
  DeliveryFacts,
  'queueId' | 'submissionId' | 'sender' | 'recipient' | 'recipientDomain'
> {
  readonly address: string
}

function deliverySteps(step: QueueStep): readonly Outcome[] {
  const { message } = step
  switch (step.kind) {
    case 'accepted':
      return message.recipients.map(accepted(message.acceptedAt))
    case 'decided':
      return step.decision.kind === 'released' ? message.recipients.map(accepted(step.decision.at)) : []
    case 'tried': {
      const { round, recipients, attempt } = step.outcome
      const { route, durationMs } = attempt
      return recipients.map((one) => outcomeOf(one, { attempt: round, route, durationMs }))
    }
    case 'cancelled':
      return step.recipients.map((one) =>
        outcomeOf(one, { attempt: message.attempts, route: '', durationMs: 0 })
      )
    case 'held':
    case 'held-on':
      return []
  }
}

function accepted(at: number): (recipient: RecipientOutcome) => Outcome {
  const none = { attempt: 0, reply: '', status: '', route: '', mx: '', durationMs: 0 }
  return ({ address }) => ({ address, at, outcome: 'accepted', ...none })
}

function outcomeOf(
  { address, state, at, reply, status, mx }: RecipientOutcome,
  attempt: Pick<Outcome, 'attempt' | 'route' | 'durationMs'>
): Outcome {
  return {
    address,
    at: at ?? 0,
    outcome: state === 'pending' ? 'deferred' : state,
    reply: reply ?? '',
    status: status ?? '',
    mx: mx ?? '',
    ...attempt
  }
}

function peopleOf(
  text: string,
  keyedHash: RememberStepsOptions['keyedHash']
): Pick<DeliveryFacts, 'recipient' | 'recipientDomain'> {
  const address = parseAddress(text)
  if (address === undefined) return { recipient: keyedHash(text), recipientDomain: '' }
  return { recipient: keyedHash(canonicalAddress(address)), recipientDomain: keyedHash(domainOf(address)) }
}

/**
 * Who runs the host that answered, as far as that is a provider's; a host of the recipient's own organisation would name it, and so would the
 * customer's name before a provider's (`example-org.mail.protection.…`).
 */
function createHostOf(
  keyedHash: RememberStepsOptions['keyedHash'],
  organisationOf: RememberStepsOptions['organisationOf']
) {
  return function hostOf(mx: string, address: string): string {
    if (mx === '') return ''
    const host = mx.toLowerCase()
    const provider = organisationOf(host)
    const isOwn = provider === organisationOf(domainIn(address)) || isIP(host) > 0
    return isOwn ? keyedHash(host) : provider
  }
}

function domainIn(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

const maxReplyLength = 200
/** A local part as short as this is part of too many words. */
const shortName = 3

/** Hosts repeat whom they refuse: no address is kept, nor the recipient's name or domain alone. */
function withoutNames(
  reply: string,
  address: string,
  organisationOf: RememberStepsOptions['organisationOf']
): string {
  const bare = reply.replaceAll(/\S+@\S+/gu, '<address>')
  const domain = organisationOf(domainIn(address))
  const name = address.slice(0, address.lastIndexOf('@')).toLowerCase()
  const hosts = domain.includes('.') ? withoutWord(bare, domain, '<domain>') : bare
  const words = name.length < shortName ? hosts : withoutWord(hosts, name, '<name>')
  return words.slice(0, maxReplyLength)
}

function withoutWord(text: string, word: string, instead: string): string {
  const parts: string[] = []
  const lower = text.toLowerCase()
  let from = 0
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, from)) {
    parts.push(text.slice(from, at), instead)
    from = at + word.length
  }
  return [...parts, text.slice(from)].join('')
}
