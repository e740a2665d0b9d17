import type { LimitUsage } from './sender-store.ts'

/** One number a day in each list; days ascending, only those on which something was charged. */
export type PastDays = LimitUsage['past']

export const noDays: PastDays = {
  day: [],
  messages: [],
  recipients: [],
  newRecipients: [],
  messagesInHour: [],
  recipientsInHour: [],
  newRecipientsInHour: []
}

export interface DaySums {
  readonly messages: number
  readonly recipients: number
  readonly newRecipients: number
}

/** Two to three months of working days: long enough that a monthly mailing is usual, short enough to forget another life. */
const maxDays = 60
const dayMs = 86_400_000

export function dayOf(at: number): number {
  return Math.floor(at / dayMs)
}

/** The days with one more charge, after which `lastHour` was used. A charge older than all of a full list is not remembered. */
export function chargeDay(days: PastDays, at: number, charge: DaySums, lastHour: DaySums): PastDays {
  const today = dayOf(at)
  const found = days.day.findLastIndex((day) => day <= today)
  const isNew = days.day[found] !== today
  if (isNew && found === -1 && days.day.length >= maxDays) return days
  const place = isNew ? found + 1 : found
  const write = (list: readonly number[], change: (known: number) => number): readonly number[] => {
    const next = list.toSpliced(place, isNew ? 0 : 1, change(isNew ? 0 : (list[place] ?? 0)))
    return next.length > maxDays ? next.slice(-maxDays) : next
  }
  return {
    day: write(days.day, () => today),
    messages: write(days.messages, (known) => known + charge.messages),
    recipients: write(days.recipients, (known) => known + charge.recipients),
    newRecipients: write(days.newRecipients, (known) => known + charge.newRecipients),
    messagesInHour: write(days.messagesInHour, (known) => Math.max(known, lastHour.messages)),
    recipientsInHour: write(days.recipientsInHour, (known) => Math.max(known, lastHour.recipients)),
    newRecipientsInHour: write(days.newRecipientsInHour, (known) => Math.max(known, lastHour.newRecipients))
  }
}

/** The days before that of `at`: a day that is not over must not tell of itself. */
export function daysBefore(days: PastDays, at: number): PastDays {
  const end = days.day.findLastIndex((day) => day < dayOf(at)) + 1
  if (end === days.day.length) return days
  return {
    day: days.day.slice(0, end),
    messages: days.messages.slice(0, end),
    recipients: days.recipients.slice(0, end),
    newRecipients: days.newRecipients.slice(0, end),
    messagesInHour: days.messagesInHour.slice(0, end),
    recipientsInHour: days.recipientsInHour.slice(0, end),
    newRecipientsInHour: days.newRecipientsInHour.slice(0, end)
  }
}
