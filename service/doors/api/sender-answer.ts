import type { SenderAnswer } from '../../contracts/sender.ts'
import type { SenderView } from '../../operations/senders/show-sender.ts'
import type { Limits } from '../../verdict/limits.ts'
import { toTime } from './message-answer.ts'

/** A sender as the API shows it. */
export function toSenderAnswer(view: SenderView, limits: Limits): SenderAnswer {
  const { id, messagesSeen, firstAt, lastAt, habits, usage } = view
  const left = (name: keyof Limits, used: number): Limit => limitLeft(limits[name], view.override[name], used)
  return {
    id,
    messagesSeen,
    firstAt: toTimeOrNull(firstAt),
    lastAt: toTimeOrNull(lastAt),
    habits,
    containment: toContainment(view.containment),
    limits: {
      messagesPerHour: left('messagesPerHour', usage.messagesLastHour),
      messagesPerDay: left('messagesPerDay', usage.messagesLastDay),
      recipientsPerHour: left('recipientsPerHour', usage.recipientsLastHour),
      recipientsPerDay: left('recipientsPerDay', usage.recipientsLastDay),
      newRecipientsPerDay: left('newRecipientsPerDay', usage.newRecipientsLastDay)
    },
    rewindsTo: view.rewindsTo === 0 ? null : toTime(view.rewindsTo),
    recentVerdicts: view.recent.map(({ at, messageId, verdict }) => ({
      id: verdict.id,
      at: toTime(at),
      verdict: verdict.verdict,
      risk: verdict.risk,
      reasons: verdict.reasons.map(({ code }) => code),
      messageId,
      holdId: verdict.holdId
    }))
  }
}

export function toTimeOrNull(at: number | null): string | null {
  return at === null ? null : toTime(at)
}

function toContainment({
  state,
  record,
  stepsDownAt
}: SenderView['containment']): SenderAnswer['containment'] {
  return {
    state,
    since: record.since === 0 ? null : toTime(record.since),
    setBy: record.setBy,
    stepsDownAt: toTimeOrNull(stepsDownAt),
    evidence: record.events
      .toSorted((a, b) => b.at - a.at)
      .map(({ kind, at, ref }) => ({ kind, at: toTime(at), about: ref }))
  }
}

type Limit = SenderAnswer['limits']['messagesPerDay']

function limitLeft(configured: number, own: number | undefined, used: number): Limit {
  const limit = own ?? configured
  return { limit, used, remaining: Math.max(0, limit - used), isOwn: own !== undefined }
}
