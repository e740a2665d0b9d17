import type { PolicyReason } from './reasons/reason.ts'

/** How much one sender may send (`[limits]` of the configuration). The safety net, not the method. */
export interface Limits {
  readonly messagesPerHour: number
  readonly messagesPerDay: number
  readonly recipientsPerHour: number
  readonly recipientsPerDay: number
  readonly newRecipientsPerDay: number
}

/** What the sender has used of them before this message. */
export interface Usage {
  readonly messagesLastHour: number
  readonly messagesLastDay: number
  readonly recipientsLastHour: number
  readonly recipientsLastDay: number
  readonly newRecipientsLastDay: number
}

/** What this message costs. */
export interface Cost {
  /** 0: the message itself was charged before, with other recipients. Default 1. */
  readonly messages?: 0 | 1
  readonly recipients: number
  readonly newRecipients: number
}

/** The limits that this message would break, one reason each. */
export function brokenLimits(limits: Limits, usage: Usage, cost: Cost): readonly PolicyReason[] {
  const messages = cost.messages ?? 1
  const rows = [
    ['LIMIT_MESSAGES_PER_HOUR', usage.messagesLastHour, messages, limits.messagesPerHour],
    ['LIMIT_MESSAGES_PER_DAY', usage.messagesLastDay, messages, limits.messagesPerDay],
    ['LIMIT_RECIPIENTS_PER_HOUR', usage.recipientsLastHour, cost.recipients, limits.recipientsPerHour],
    ['LIMIT_RECIPIENTS_PER_DAY', usage.recipientsLastDay, cost.recipients, limits.recipientsPerDay],
    [
      'LIMIT_NEW_RECIPIENTS_PER_DAY',
      usage.newRecipientsLastDay,
      cost.newRecipients,
      limits.newRecipientsPerDay
    ]
  ] as const
  return rows
    .filter(([, used, adds, limit]) => adds > 0 && used + adds > limit)
    .map(([code, used, adds, limit]) => ({ code, evidence: { used, adds, limit } }))
}

/** Messages left in the rolling day once `charged` of this one are counted. */
export function remainingToday(limits: Limits, usage: Usage, charged: 0 | 1): number {
  return Math.max(0, limits.messagesPerDay - usage.messagesLastDay - charged)
}
