import { chargeDay, daysBefore, noDays, type PastDays } from './past-days.ts'
import type { Charge, LimitUsage, UsageCount, UsageWindow } from './sender-store.ts'

/**
 * What a sender was charged lately, by slots of time: runs of [slot, messages, recipients, new recipients], one run a slot, slots
 * ascending. Slots of 5 seconds tell of the last minute, of 5 minutes of the last hour, of 15 minutes of the last day. A slot that lies
 * partly in the window counts whole: the limits err by at most one slot, on the safe side.
 */
export interface UsageRecord {
  /** Older records lack it. */
  readonly minute?: readonly number[]
  readonly hour: readonly number[]
  readonly day: readonly number[]
  /** Whole days, for what is usual. Older records lack them. */
  readonly days?: PastDays
}

export const noUsage: UsageRecord = { hour: [], day: [] }

const minute = { widthMs: 5_000, spanMs: 60_000 }
const hour = { widthMs: 5 * 60_000, spanMs: 60 * 60_000 }
const day = { widthMs: 15 * 60_000, spanMs: 24 * 60 * 60_000 }
const windows = { minute, hour, day } as const satisfies Record<UsageWindow, unknown>
type Slots = typeof hour

/** Numbers per slot: which slot, and three counts. */
const stride = 4

export function chargeUsage(record: UsageRecord, charge: Charge): UsageRecord {
  const { at, messages = 1, recipients, newRecipients } = charge
  const inHour = chargeSlots(record.hour, charge, hour)
  const days = record.days ?? noDays
  return {
    minute: chargeSlots(record.minute ?? [], charge, minute),
    hour: inHour,
    day: chargeSlots(record.day, charge, day),
    days: Number.isFinite(at)
      ? chargeDay(days, at, { messages, recipients, newRecipients }, sumSlots(inHour, at, hour))
      : days
  }
}

/** What was charged in the minute, the hour and the day before `at`, charges at `at` included, and on the days before. */
export function usageBefore(record: UsageRecord, at: number): LimitUsage {
  const lastMinute = sumSlots(record.minute ?? [], at, minute)
  const lastHour = sumSlots(record.hour, at, hour)
  const lastDay = sumSlots(record.day, at, day)
  return {
    messagesLastMinute: lastMinute.messages,
    messagesLastHour: lastHour.messages,
    messagesLastDay: lastDay.messages,
    recipientsLastMinute: lastMinute.recipients,
    recipientsLastHour: lastHour.recipients,
    recipientsLastDay: lastDay.recipients,
    newRecipientsLastMinute: lastMinute.newRecipients,
    newRecipientsLastHour: lastHour.newRecipients,
    newRecipientsLastDay: lastDay.newRecipients,
    past: daysBefore(record.days ?? noDays, at)
  }
}

/** When at most `most` of a window is used, if nothing more is charged: the oldest slots leave it one by one. null: never. */
export function freeAt(
  record: UsageRecord,
  at: number,
  window: UsageWindow,
  count: UsageCount,
  most: number
): number | null {
  if (most < 0) return null
  const slots = windows[window]
  const runs = record[window] ?? []
  let used = sumSlots(runs, at, slots)[count]
  const first = firstSlot(at, slots)
  for (let run = 0; used > most && run < runs.length; run += stride) {
    const slot = runs[run] ?? 0
    if (slot < first || slot > Math.floor(at / slots.widthMs)) continue
    used -= runs[run + places[count]] ?? 0
    if (used <= most) return (slot + 1) * slots.widthMs + slots.spanMs
  }
  return at
}

const places = { messages: 1, recipients: 2, newRecipients: 3 } as const satisfies Record<UsageCount, number>

function firstSlot(at: number, { widthMs, spanMs }: Slots): number {
  return Math.floor((at - spanMs) / widthMs)
}

function chargeSlots(
  runs: readonly number[],
  { at, messages = 1, recipients, newRecipients }: Charge,
  slots: Slots
): readonly number[] {
  const slot = Math.floor(at / slots.widthMs)
  if (!Number.isFinite(slot)) return runs
  const next = [...runs]
  let place = 0
  while (place < next.length && (next[place] ?? 0) < slot) place += stride
  if (next[place] !== slot) next.splice(place, 0, slot, 0, 0, 0)
  next[place + 1] = (next[place + 1] ?? 0) + messages
  next[place + 2] = (next[place + 2] ?? 0) + recipients
  next[place + 3] = (next[place + 3] ?? 0) + newRecipients
  return bounded(next, slot, slots)
}

/**
 * Keeps the newest slots of a window, and those of the window that ends at this charge: a replay of past weeks is limited in its own
 * time and does not push out what live mail was charged; nor does a clock that was once years ahead.
 */
function bounded(runs: readonly number[], slot: number, { widthMs, spanMs }: Slots): readonly number[] {
  const kept = spanMs / widthMs + 1
  if (runs.length <= kept * stride) return runs
  const newest = runs.length - kept * stride
  return runs.filter((_, index) => {
    const run = index - (index % stride)
    return run >= newest || Math.abs((runs[run] ?? 0) - slot) < kept
  })
}

function sumSlots(
  runs: readonly number[],
  at: number,
  slots: Slots
): Record<'messages' | 'recipients' | 'newRecipients', number> {
  const first = firstSlot(at, slots)
  const last = Math.floor(at / slots.widthMs)
  const sum = { messages: 0, recipients: 0, newRecipients: 0 }
  for (let run = 0; run < runs.length; run += stride) {
    const slot = runs[run] ?? 0
    if (slot < first || slot > last) continue
    sum.messages += runs[run + 1] ?? 0
    sum.recipients += runs[run + 2] ?? 0
    sum.newRecipients += runs[run + 3] ?? 0
  }
  return sum
}
