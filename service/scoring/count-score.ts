import { isProven } from '../message/sender-identity.ts'
import type { RefusedHolds } from './refused-holds.ts'
import type { Case, Settled, Standing } from './settle.ts'
import type { ThresholdsInForce } from './thresholds-in-force.ts'

/** Inside the transaction: lets the risk of a message move the thresholds, once, if it tells what honest mail scores here. Gives whether it has. */
export type CountScore = (known: Case, settled: Settled, standing: Standing) => boolean

/**
 * Held messages count as well: without them the window would only ever see what its own threshold lets pass. What counts is bounded by
 * who sent it: a sender in good standing whose identity somebody vouches for (else one client could be a thousand senders), a few
 * messages a day, and only what is charged, so that neither blocked mail nor what is above a limit can come without end; of what is held
 * and comes again because its client has to keep it, as many different messages. An envelope alone scores on another scale.
 */
export function createCountScore(thresholds: ThresholdsInForce, refused: RefusedHolds): CountScore {
  const { maxPerSenderPerDay } = thresholds
  return function countScore(known, settled, standing) {
    if (known.earlier?.isCounted === true) return true
    const { sender, submission, judgement } = known
    const { riskLogit } = judgement
    if (riskLogit === null || !Number.isFinite(riskLogit)) return false
    if (!tells(known) || !isOrdinary(standing)) return false
    if (!settled.isCharged && !(settled.isRefused && refused.note(known, maxPerSenderPerDay))) return false
    thresholds.count({
      sender,
      at: submission.receivedAt,
      logit: riskLogit,
      isHeld: settled.decision.reasons.some(({ code }) => code === 'RISK_ABOVE_HOLD')
    })
    return true
  }

  function isOrdinary({ usage, containment }: Standing): boolean {
    return containment === 'normal' && usage.messagesLastDay < maxPerSenderPerDay
  }
}

function tells({ submission, identity, observation }: Case): boolean {
  return submission.learn !== 'never' && isProven(identity) && observation?.shows !== 'envelope'
}
