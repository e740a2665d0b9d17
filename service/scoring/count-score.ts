import { isProven } from '../message/sender-identity.ts'
import type { Case, Settled, Standing } from './settle.ts'
import type { ThresholdsInForce } from './thresholds-in-force.ts'

/** Inside the transaction: lets the risk of a message move the thresholds, if it tells what honest mail scores here. */
export type CountScore = (known: Case, settled: Settled, standing: Standing) => void

/**
 * Held messages count as well: without them the window would only ever see what its own threshold lets pass. What counts is bounded by
 * who sent it: a sender in good standing whose identity somebody vouches for (else one client could be a thousand senders), a few
 * messages a day, and only what is charged, so that neither blocked mail nor what is above a limit can come without end.
 */
export function createCountScore(thresholds: ThresholdsInForce): CountScore {
  return function countScore({ submission, identity, sender, judgement }, settled, { usage, containment }) {
    const { riskLogit } = judgement
    if (riskLogit === null || !Number.isFinite(riskLogit)) return
    if (submission.learn === 'never' || !settled.isCharged) return
    if (!isProven(identity)) return
    if (containment !== 'normal' || usage.messagesLastDay >= thresholds.maxPerSenderPerDay) return
    thresholds.count({
      sender,
      at: submission.receivedAt,
      logit: riskLogit,
      isHeld: settled.decision.reasons.some(({ code }) => code === 'RISK_ABOVE_HOLD')
    })
  }
}
