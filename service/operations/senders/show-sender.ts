import type { ContainmentLedger, ContainmentReading } from '../../senders/containment-ledger.ts'
import { describeHabits, type HabitDescription } from '../../senders/habits/describe-habits.ts'
import type { LimitOverride, LimitOverrides } from '../../senders/limit-overrides.ts'
import type { LimitUsage, SenderStore, VerdictRecord } from '../../senders/sender-store.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import { givenVerdict } from '../find-verdicts.ts'
import { nameSender } from './name-sender.ts'

type Verdict = ReturnType<typeof givenVerdict>

/** One sender, as a support agent wants to see it. */
export interface SenderView {
  readonly id: string
  readonly messagesSeen: number
  /** Epoch ms; null before the first message. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly habits: HabitDescription
  readonly containment: ContainmentReading
  readonly usage: LimitUsage
  /** Limits of its own. */
  readonly override: LimitOverride
  /** Epoch ms: the earliest moment that a rewind can go back to; 0: to the first message. */
  readonly rewindsTo: number
  /** Newest first. */
  readonly recent: readonly (Pick<VerdictRecord, 'at' | 'messageId'> & { readonly verdict: Verdict })[]
}

export type ShowSender = (name: string) => SenderView | undefined

export interface ShowSenderOptions {
  readonly senders: SenderStore
  readonly resolveSender: ResolveSender
  readonly ledger: ContainmentLedger
  readonly overrides: Pick<LimitOverrides, 'of'>
  /** Epoch ms. */
  readonly clock: () => number
}

const maxRecent = 20

/** undefined: nothing is known of such a sender. */
export function createShowSender({
  senders,
  resolveSender,
  ledger,
  overrides,
  clock
}: ShowSenderOptions): ShowSender {
  return function showSender(name) {
    const id = nameSender(name, resolveSender)
    const sender = senders.keyOf(id)
    const { profile, usage } = senders.snapshot(sender, clock())
    const containment = ledger.read(sender)
    const recent = recentVerdicts(senders, sender)
    const isKnown =
      profile.messagesSeen > 0 ||
      recent.length > 0 ||
      containment.record.since > 0 ||
      containment.state !== 'normal'
    if (!isKnown) return undefined
    const times = profile.messagesSeen === 0 ? { firstAt: null, lastAt: null } : profile
    return {
      id,
      messagesSeen: profile.messagesSeen,
      firstAt: times.firstAt,
      lastAt: times.lastAt,
      habits: describeHabits(profile),
      containment,
      usage,
      override: overrides.of(sender),
      rewindsTo: senders.rewindsTo(sender),
      recent
    }
  }
}

function recentVerdicts(senders: SenderStore, sender: string): SenderView['recent'] {
  const recent: SenderView['recent'][number][] = []
  for (const record of senders.verdictsOf(sender, 0)) {
    recent.push({ at: record.at, messageId: record.messageId, verdict: givenVerdict(record) })
    if (recent.length >= maxRecent) break
  }
  return recent
}
