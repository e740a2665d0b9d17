import { personalLimit, type PastDays, type PersonalRule } from './personal-limit.ts'
import type { PolicyReason } from './reasons/reason.ts'
import type { ReasonCode } from './reasons/reasons.ts'

/** How much one sender may send (`[limits]` of the configuration). The safety net, not the method. Those left out bound nothing. */
export interface Limits {
  readonly messagesPerMinute?: number | undefined
  readonly messagesPerHour: number
  readonly messagesPerDay: number
  readonly recipientsPerMinute?: number | undefined
  readonly recipientsPerHour: number
  readonly recipientsPerDay: number
  readonly newRecipientsPerMinute?: number | undefined
  readonly newRecipientsPerHour?: number | undefined
  readonly newRecipientsPerDay: number
  /** How limits follow what a sender usually sends; absent: they do not. */
  readonly personal?: PersonalRule | undefined
  /** Those that an operator set for this sender: no habit lowers them. */
  readonly own?: readonly LimitName[]
}

export type LimitName = (typeof limitRows)[number]['name']
export type LimitWindow = 'minute' | 'hour' | 'day'
export type Counted = 'messages' | 'recipients' | 'newRecipients'

/** What the sender has used of them before this message. */
export interface Usage {
  readonly messagesLastMinute?: number
  readonly messagesLastHour: number
  readonly messagesLastDay: number
  readonly recipientsLastMinute?: number
  readonly recipientsLastHour: number
  readonly recipientsLastDay: number
  readonly newRecipientsLastMinute?: number
  readonly newRecipientsLastHour?: number
  readonly newRecipientsLastDay: number
  /** What it used on earlier days. */
  readonly past?: PastDays
}

/** What this message costs. */
export interface Cost {
  /** 0: the message itself was charged before, with other recipients. Default 1. */
  readonly messages?: 0 | 1
  readonly recipients: number
  readonly newRecipients: number
}

/** A limit that a message would break. */
export interface BrokenLimit extends PolicyReason {
  readonly window: LimitWindow
  readonly counts: Counted
  /** What may have been used before it for the message to fit; below 0: it never fits. */
  readonly most: number
}

interface LimitRow {
  readonly name: string
  readonly used: keyof Omit<Usage, 'past'>
  readonly counts: Counted
  readonly window: LimitWindow
  readonly code: ReasonCode
  /** What is said where the limit is the sender's own habit; null: there is none for a minute. */
  readonly personal: { readonly code: ReasonCode; readonly peak: keyof Omit<PastDays, 'day'> } | null
}

/** Every limit: what it counts, in which window, and what is said when it breaks. */
const limitRows = [
  {
    name: 'messagesPerMinute',
    used: 'messagesLastMinute',
    counts: 'messages',
    window: 'minute',
    code: 'LIMIT_MESSAGES_PER_MINUTE',
    personal: null
  },
  {
    name: 'messagesPerHour',
    used: 'messagesLastHour',
    counts: 'messages',
    window: 'hour',
    code: 'LIMIT_MESSAGES_PER_HOUR',
    personal: { code: 'LIMIT_PERSONAL_MESSAGES_PER_HOUR', peak: 'messagesInHour' }
  },
  {
    name: 'messagesPerDay',
    used: 'messagesLastDay',
    counts: 'messages',
    window: 'day',
    code: 'LIMIT_MESSAGES_PER_DAY',
    personal: { code: 'LIMIT_PERSONAL_MESSAGES_PER_DAY', peak: 'messages' }
  },
  {
    name: 'recipientsPerMinute',
    used: 'recipientsLastMinute',
    counts: 'recipients',
    window: 'minute',
    code: 'LIMIT_RECIPIENTS_PER_MINUTE',
    personal: null
  },
  {
    name: 'recipientsPerHour',
    used: 'recipientsLastHour',
    counts: 'recipients',
    window: 'hour',
    code: 'LIMIT_RECIPIENTS_PER_HOUR',
    personal: { code: 'LIMIT_PERSONAL_RECIPIENTS_PER_HOUR', peak: 'recipientsInHour' }
  },
  {
    name: 'recipientsPerDay',
    used: 'recipientsLastDay',
    counts: 'recipients',
    window: 'day',
    code: 'LIMIT_RECIPIENTS_PER_DAY',
    personal: { code: 'LIMIT_PERSONAL_RECIPIENTS_PER_DAY', peak: 'recipients' }
  },
  {
    name: 'newRecipientsPerMinute',
    used: 'newRecipientsLastMinute',
    counts: 'newRecipients',
    window: 'minute',
    code: 'LIMIT_NEW_RECIPIENTS_PER_MINUTE',
    personal: null
  },
  {
    name: 'newRecipientsPerHour',
    used: 'newRecipientsLastHour',
    counts: 'newRecipients',
    window: 'hour',
    code: 'LIMIT_NEW_RECIPIENTS_PER_HOUR',
    personal: { code: 'LIMIT_PERSONAL_NEW_RECIPIENTS_PER_HOUR', peak: 'newRecipientsInHour' }
  },
  {
    name: 'newRecipientsPerDay',
    used: 'newRecipientsLastDay',
    counts: 'newRecipients',
    window: 'day',
    code: 'LIMIT_NEW_RECIPIENTS_PER_DAY',
    personal: { code: 'LIMIT_PERSONAL_NEW_RECIPIENTS_PER_DAY', peak: 'newRecipients' }
  }
] as const satisfies readonly LimitRow[]

export const limitNames: readonly LimitName[] = limitRows.map(({ name }) => name)

/** What bounds a sender in one respect. `usual`: the limit follows what the sender usually sends at most; null: it is the configuration's or an operator's. */
export interface LimitInForce {
  readonly limit: number
  readonly usual: number | null
}

/** The limits that this message would break, one reason each. */
export function brokenLimits(limits: Limits, usage: Usage, cost: Cost): readonly BrokenLimit[] {
  return limitRows.flatMap((row): readonly BrokenLimit[] => {
    const adds = row.counts === 'messages' ? (cost.messages ?? 1) : cost[row.counts]
    const used = usage[row.used] ?? 0
    if (adds === 0) return []
    const { limit, usual } = rowInForce(row, limits, usage, used + adds)
    if (used + adds <= limit) return []
    const { counts, window } = row
    const about = { counts, window, most: limit - adds }
    if (usual === null || row.personal === null)
      return [{ ...about, code: row.code, evidence: { used, adds, limit } }]
    return [{ ...about, code: row.personal.code, evidence: { used, adds, limit, usual } }]
  })
}

/** What bounds a sender now in one respect; null: nothing does. */
export function limitInForce(name: LimitName, limits: Limits, usage: Usage): LimitInForce | null {
  const row = limitRows.find((one) => one.name === name)
  const { limit, usual } = row === undefined ? unbounded : rowInForce(row, limits, usage, Infinity)
  return limit === Infinity ? null : { limit, usual }
}

/** Messages left in the rolling day once `charged` of this one are counted. */
export function remainingToday(limits: Limits, usage: Usage, charged: 0 | 1): number {
  const limit = limitInForce('messagesPerDay', limits, usage)?.limit ?? limits.messagesPerDay
  return Math.max(0, limit - usage.messagesLastDay - charged)
}

const unbounded: LimitInForce = { limit: Infinity, usual: null }

/** Habits are looked at only where `wanted` is more than what they leave to everybody. */
function rowInForce(
  row: LimitRow & { name: LimitName },
  limits: Limits,
  usage: Usage,
  wanted: number
): LimitInForce {
  const limit = limits[row.name] ?? Infinity
  const { personal: rule, own = [] } = limits
  if (row.personal === null || rule === undefined || usage.past === undefined || own.includes(row.name))
    return { limit, usual: null }
  // What has no limit for an hour has a personal one below that of the day
  const ceiling = limit === Infinity ? (limits[dayOf[row.counts]] ?? Infinity) : limit
  if (wanted <= rule.minShare * ceiling) return { limit, usual: null }
  const personal = personalLimit(usage.past, row.personal.peak, ceiling, rule)
  return personal === null || personal.limit >= limit ? { limit, usual: null } : personal
}

const dayOf = {
  messages: 'messagesPerDay',
  recipients: 'recipientsPerDay',
  newRecipients: 'newRecipientsPerDay'
} as const satisfies Record<Counted, LimitName>
