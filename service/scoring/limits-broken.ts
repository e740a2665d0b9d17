import type { SenderKey, SenderStore } from '../senders/sender-store.ts'
import { brokenLimits, type Cost, type Limits, type Usage } from '../verdict/limits.ts'
import type { PolicyReason } from '../verdict/reasons/reason.ts'

/** A message before its sender's limits. */
export interface Measured {
  readonly limits: Limits
  readonly usage: Usage
  readonly owed: Cost
  readonly sender: SenderKey
  /** Epoch ms at which it counts. */
  readonly at: number
}

export interface LimitsBroken {
  readonly broken: readonly PolicyReason[]
  /** Epoch ms at which all of them have room, if nothing else is charged; null: one is smaller than the message. */
  readonly recoversAt: number | null
}

/** The limits that a message would break, each with the time at which it would not any more. */
export function limitsBroken(
  { limits, usage, owed, sender, at }: Measured,
  senders: Pick<SenderStore, 'freeAt'>
): LimitsBroken {
  const times: (number | null)[] = []
  const broken = brokenLimits(limits, usage, owed).map(({ code, evidence, window, counts, most }) => {
    const freeAt = senders.freeAt(sender, at, window, counts, most)
    times.push(freeAt)
    return freeAt === null
      ? { code, evidence }
      : { code, evidence: { ...evidence, recoversAt: toTime(freeAt) } }
  })
  return { broken, recoversAt: times.includes(null) ? null : Math.max(at, ...times.map(Number)) }
}

/** RFC 3339, to the second: people read it. */
function toTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
