import type { Containment } from './containment.ts'

/** What can speak against a sender. Whoever learns of one notes it with `ContainmentLedger.note`. */
export type ContainmentEventKind = keyof typeof containmentEvents

const hour = 3_600_000
const day = 24 * hour

/**
 * What each event weighs and how fast it is forgotten. Confirmed evidence is remembered for a quarter. A hold is only our own guess, and
 * at a budget of 0.1 % a busy honest sender collects twenty in that time, so guesses count while they come close together; so do
 * bounces, of which every long list has some.
 */
export const containmentEvents = {
  /** The models held it: not a limit, not an earlier containment. */
  held: { group: 'suspicion', weight: 1, halfLifeMs: 6 * hour },
  blocked: { group: 'suspicion', weight: 2, halfLifeMs: day },
  /** A recipient's host said that there is no such user. */
  'unknown-user': { group: 'outcome', weight: 0.1, halfLifeMs: day },
  /** A recipient's host refused it as spam. */
  'spam-refused': { group: 'outcome', weight: 1, halfLifeMs: 7 * day },
  /** A recipient, by feedback loop or report. */
  complaint: { group: 'outcome', weight: 1.5, halfLifeMs: 90 * day },
  /** An operator says that it was spam or phishing; the owner says that it was not him. */
  'spam-confirmed': { group: 'confirmed', weight: 4, halfLifeMs: 90 * day },
  'takeover-reported': { group: 'confirmed', weight: 4, halfLifeMs: 90 * day },
  /** An operator says that somebody else uses the account. */
  takeover: { group: 'confirmed', weight: 9, halfLifeMs: 90 * day }
} as const satisfies Record<
  string,
  { readonly group: EvidenceGroup; readonly weight: number; readonly halfLifeMs: number }
>

type EvidenceGroup = keyof typeof groupCaps

/**
 * The most that a group can weigh. Outcomes alone cannot restrict anybody (complaints and bounces can be provoked from outside), and
 * suspicion restricts but cannot suspend, nor can any number of labels on one incident: only a confirmed takeover that goes on trying,
 * and whose mail recipients complain of, is refused altogether.
 */
const groupCaps = { suspicion: 10.5, outcome: 7, confirmed: 9.4 } as const
const groups = ['suspicion', 'outcome', 'confirmed'] as const

/** The weight from which a state begins. Three holds within the hour make `watched`, nine or a confirmed takeover `restricted`. */
const thresholds = [
  ['suspended', 20],
  ['restricted', 8],
  ['watched', 2.5]
] as const satisfies readonly (readonly [Containment, number])[]

/** How long a sender stays in a state that the rule set, without a new event, until it steps down by one. */
const dwellMs = { normal: 0, watched: day, restricted: 3 * day, suspended: 7 * day } as const

/** Automatic steps out of `restricted` or `suspended`; after these only an operator lifts the state. */
const maxUnlocks = { count: 2, withinMs: 90 * day }

/** Events kept of a sender: a flood adds nothing beyond its group's cap. */
const maxEvents = 64
/** Below this an event is forgotten. */
const negligible = 0.02

export interface ContainmentEvent {
  readonly kind: ContainmentEventKind
  /** Epoch ms. */
  readonly at: number
  /** What it is about (a verdict id): the same thing counts once, and can be taken back. */
  readonly ref: string
  /** Of a message, what and to whom: the same once more is a client that tries again, and says nothing new. */
  readonly digest?: string | undefined
  /** 1; less after somebody vouched for the sender. */
  readonly share: number
}

/** What stands against a sender, and how its present state came about. */
export interface ContainmentRecord {
  readonly events: readonly ContainmentEvent[]
  /** Epoch ms of the last change of state. */
  readonly since: number
  /** An operator's state stays until an operator changes it, or the rule raises it. */
  readonly setBy: 'rule' | 'operator'
  /** Epoch ms of the latest automatic steps out of `restricted` or `suspended`. */
  readonly unlockedAt: readonly number[]
}

export const noContainment: ContainmentRecord = { events: [], since: 0, setBy: 'rule', unlockedAt: [] }

const order: readonly Containment[] = ['normal', 'watched', 'restricted', 'suspended']

export function isGraver(one: Containment, other: Containment): boolean {
  return order.indexOf(one) > order.indexOf(other)
}

/** What all the evidence weighs at a moment (no unit), each group within its cap. */
export function evidenceAt(record: ContainmentRecord, at: number): number {
  const sums = { suspicion: 0, outcome: 0, confirmed: 0 }
  for (const event of record.events) sums[containmentEvents[event.kind].group] += weightAt(event, at)
  return groups.reduce((total, group) => total + Math.min(groupCaps[group], sums[group]), 0)
}

/** The state that the evidence alone calls for. */
export function stateFor(record: ContainmentRecord, at: number): Containment {
  const weight = evidenceAt(record, at)
  return thresholds.find(([, from]) => weight >= from)?.[0] ?? 'normal'
}

/**
 * The record with one more event; one that it knows already (same kind, and the same `ref` or `digest`) changes nothing. What was held and is
 * blocked after all, once more of it is seen, counts as blocked only.
 */
export function withEvent(record: ContainmentRecord, event: ContainmentEvent): ContainmentRecord {
  if (record.events.some((known) => isSame(known, event))) return record
  const others = record.events.filter((known) => known.ref !== event.ref || !areSuspicions(known, event))
  const kept = [...others, event].filter((one) => weightAt(one, event.at) >= negligible)
  if (kept.length <= maxEvents) return { ...record, events: kept }
  const lightest = kept.reduce((a, b) => (weightAt(b, event.at) < weightAt(a, event.at) ? b : a))
  return { ...record, events: kept.filter((one) => one !== lightest) }
}

function areSuspicions(...events: readonly ContainmentEvent[]): boolean {
  return events.every(({ kind }) => containmentEvents[kind].group === 'suspicion')
}

function isSame(one: ContainmentEvent, other: ContainmentEvent): boolean {
  if (one.kind !== other.kind) return false
  return one.ref === other.ref || (one.digest !== undefined && one.digest === other.digest)
}

/** Somebody answered for this message: what it raised is taken back, and the other suspicions of that time count half. */
export function withVouching(record: ContainmentRecord, ref: string): ContainmentRecord {
  const events = record.events
    .filter((event) => event.ref !== ref)
    .map((event) =>
      containmentEvents[event.kind].group === 'suspicion' ? { ...event, share: event.share / 2 } : event
    )
  return { ...record, events }
}

/** The state after new evidence: the rule only raises. */
export function raised(state: Containment, record: ContainmentRecord, at: number): Containment {
  const called = stateFor(record, at)
  return isGraver(called, state) ? called : state
}

/**
 * The state after evidence was taken back: what is left decides, where the rule set the state and nothing is confirmed against the
 * sender. A confirmed takeover is not undone by one honest message.
 */
export function relieved(state: Containment, record: ContainmentRecord, at: number): Containment {
  const confirmed = record.events.some(({ kind }) => containmentEvents[kind].group === 'confirmed')
  const called = stateFor(record, at)
  return record.setBy === 'rule' && !confirmed && isGraver(state, called) ? called : state
}

/** Epoch ms at which the sender steps down by itself if nothing new happens; null: only an operator changes the state. */
export function stepsDownAt(state: Containment, record: ContainmentRecord): number | null {
  if (state === 'normal' || record.setBy === 'operator') return null
  const latest = record.events.reduce((at, event) => Math.max(at, event.at), record.since)
  const due = latest + dwellMs[state]
  const unlocks = record.unlockedAt.filter((at) => at > due - maxUnlocks.withinMs).length
  return state !== 'watched' && unlocks >= maxUnlocks.count ? null : due
}

/** One step down at `at`: the next state, and the record that counts the unlock. */
export function steppedDown(
  state: Containment,
  record: ContainmentRecord,
  at: number
): { readonly state: Containment; readonly record: ContainmentRecord } {
  const isUnlock = state === 'restricted' || state === 'suspended'
  const unlockedAt = isUnlock ? [...record.unlockedAt, at].slice(-maxUnlocks.count) : record.unlockedAt
  return {
    state: order[Math.max(0, order.indexOf(state) - 1)] ?? 'normal',
    record: { ...record, since: at, unlockedAt }
  }
}

/** Nothing is left that could still matter. */
export function isForgotten(record: ContainmentRecord, at: number): boolean {
  return (
    record.events.every((event) => weightAt(event, at) < negligible) &&
    record.unlockedAt.every((unlock) => unlock <= at - maxUnlocks.withinMs)
  )
}

/** An event from the future (a wrong clock) weighs no more than one of now. */
function weightAt({ kind, at: then, share }: ContainmentEvent, at: number): number {
  const { weight, halfLifeMs } = containmentEvents[kind]
  return share * weight * 0.5 ** (Math.max(0, at - then) / halfLifeMs)
}

/**
 * Why a message was held or refused that says nothing new about its sender: policy, not the models; and soft holds, of which honest mail
 * has ten times as many.
 */
const noEvidence: ReadonlySet<string> = new Set([
  'RISK_ABOVE_SOFT_HOLD',
  'SENDER_SUSPENDED',
  'SENDER_RESTRICTED',
  'MESSAGE_UNREADABLE',
  'MODELS_MISSING',
  'STRANGER_BULK',
  'SHADOW_MODE',
  'CONTENT_UNSEEN',
  'EARLIER_VERDICT',
  // A program set up with another address: what its owner did not mean, the models see
  'FROM_NOT_OWNED',
  'ENVELOPE_NOT_OWNED'
])

/** Whether a hold or block is evidence about its sender, by the codes of the rules that decided it. */
export function isEvidence(codes: readonly string[]): boolean {
  return codes.some((code) => !noEvidence.has(code) && !code.startsWith('LIMIT_'))
}
