import type { BudgetThreshold } from '../../service/models/model-ports.ts'
import type { RecentScores } from '../../service/verdict/budget/estimate-threshold.ts'
import { probabilityOf } from '../../service/verdict/fuse-risk.ts'

/** A manifest whose honest mail has an exponential tail: a share e^-t/slope lies above t, from -8 on. */
export const slope = 0.8
export const start = -8
export const measured: readonly BudgetThreshold[] = [1, 2, 5, 10, 20, 50, 100].map((budgetPer10k) => ({
  budgetPer10k,
  hold: probabilityOf(thresholdAt(budgetPer10k / 10_000)),
  block: 0.9
}))

/** Where that share of the manifest's honest mail lies above. */
export function thresholdAt(share: number): number {
  return start - slope * Math.log(share)
}

export interface Traffic {
  readonly senders: number
  readonly random: () => number
  /** Log-odds above the manifest's honest mail. */
  readonly shift?: number
  /** The tail of these is this much longer. */
  readonly stretch?: number
}

export interface Sent {
  readonly sender: number
  readonly logit: number
}

/** Endless honest mail: few senders send much of it, and each is a little unlike the others. */
export function* honestMail({ senders, random, shift = 0, stretch = 1 }: Traffic): Generator<Sent, void> {
  const bent = Array.from({ length: senders }, () => 0.6 * (random() - 0.5))
  for (;;) {
    const sender = Math.floor(senders * random() ** 1.7)
    const tail = -slope * Math.log(1 - random()) * stretch
    yield { sender, logit: start + shift + tail + (bent[sender] ?? 0) }
  }
}

/** The next `count` of it. */
export function take(mail: Iterator<Sent, void>, count: number): readonly Sent[] {
  return Array.from({ length: count }, () => {
    const { done, value } = mail.next()
    if (done === true) throw new Error('honest mail has no end')
    return value
  })
}

export function columns(sent: readonly Sent[]): RecentScores {
  return {
    senders: Uint32Array.from(sent, ({ sender }) => sender + 1),
    logits: Float32Array.from(sent, ({ logit }) => logit)
  }
}
