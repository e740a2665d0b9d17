import type { SenderAnswer } from '../../contracts/sender.ts'
import type { SenderView } from '../../operations/senders/show-sender.ts'
import { limitInForce, limitNames, type LimitName, type Limits } from '../../verdict/limits.ts'
import { toTime } from './message-answer.ts'

/** A sender as the API shows it. */
export function toSenderAnswer(view: SenderView, limits: Limits): SenderAnswer {
  const { id, messagesSeen, firstAt, lastAt, habits } = view
  return {
    id,
    messagesSeen,
    firstAt: toTimeOrNull(firstAt),
    lastAt: toTimeOrNull(lastAt),
    habits,
    containment: toContainment(view.containment),
    limits: limitsLeft(view, limits),
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

type LimitsAnswer = SenderAnswer['limits']

/** Those in force: the configuration's, the sender's own, or what follows from its habits. */
function limitsLeft({ override, usage }: SenderView, configured: Limits): LimitsAnswer {
  const limits: Limits = { ...configured, ...override, own: limitNames.filter((name) => name in override) }
  const optional = (name: LimitName, used: number): LimitsAnswer['messagesPerMinute'] => {
    const found = limitInForce(name, limits, usage)
    if (found === null) return null
    const { limit, usual } = found
    return { limit, used, remaining: Math.max(0, limit - used), isOwn: override[name] !== undefined, usual }
  }
  const left = (name: LimitName, used: number): LimitsAnswer['messagesPerDay'] =>
    optional(name, used) ?? { limit: used, used, remaining: 0, isOwn: false, usual: null }
  return {
    messagesPerMinute: optional('messagesPerMinute', usage.messagesLastMinute),
    messagesPerHour: left('messagesPerHour', usage.messagesLastHour),
    messagesPerDay: left('messagesPerDay', usage.messagesLastDay),
    recipientsPerMinute: optional('recipientsPerMinute', usage.recipientsLastMinute),
    recipientsPerHour: left('recipientsPerHour', usage.recipientsLastHour),
    recipientsPerDay: left('recipientsPerDay', usage.recipientsLastDay),
    newRecipientsPerMinute: optional('newRecipientsPerMinute', usage.newRecipientsLastMinute),
    newRecipientsPerHour: optional('newRecipientsPerHour', usage.newRecipientsLastHour),
    newRecipientsPerDay: left('newRecipientsPerDay', usage.newRecipientsLastDay)
  }
}
