import type { ShadowModels } from '../../models/model-ports.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { ModelComparison } from '../../senders/model-comparisons.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Committed } from '../commit.ts'
import { installationAround } from '../judging/installation-around.ts'
import { createJudge } from '../judging/judge.ts'
import { createSettle, type Case, type Settled, type SettleOptions } from '../settle.ts'
import { createThresholdsInForce, type BudgetWindow } from '../thresholds-in-force.ts'

/** A shadow model with the thresholds that follow its own scores. */
export interface ShadowJudge extends Pick<ShadowModels, 'name' | 'version'> {
  /** null: it gave no answer. */
  compare(known: Case, committed: Committed): Promise<ModelComparison | null>
  /** Inside the transaction: lets the score of the comparison move its thresholds, where the message moved those in force. */
  count(known: Case, committed: Committed, comparison: ModelComparison): void
}

export interface ShadowJudgesOptions extends Omit<SettleOptions, 'models'> {
  readonly senders: Pick<SenderStore, 'priors' | 'freeAt'>
  readonly budgetWindow?: BudgetWindow
  readonly log: Pick<Logger, 'warn' | 'error'>
}

export function createShadowJudges(
  shadows: readonly ShadowModels[],
  options: ShadowJudgesOptions
): readonly ShadowJudge[] {
  return shadows.map((shadow) => createShadowJudge(shadow, options))
}

/** By the same code as the models in use: what it would have said, of the message and the habits that they saw. */
function createShadowJudge(
  { name, version, models, background }: ShadowModels,
  options: ShadowJudgesOptions
): ShadowJudge {
  const judge = createJudge({ models, background, log: options.log })
  const settle = createSettle({ ...options, models })
  const thresholds = createThresholdsInForce({ ...options, models, metrics: { gauge: () => undefined } })

  async function compare(known: Case, committed: Committed): Promise<ModelComparison | null> {
    const { observation, sender, snapshot, outside } = known
    if (observation === null) return null
    const installation = installationAround(options.senders, sender, snapshot.profile)
    const judgement = await judge(observation, snapshot.profile, Infinity, installation, outside.terms)
    if (judgement.riskLogit === null || known.judgement.riskLogit === null) return null
    const asked = { ...known, thresholds: thresholds.now(), judgement }
    return {
      verdictId: committed.verdict.id,
      at: known.submission.receivedAt,
      active: { ...heldBy(committed.settled), logit: known.judgement.riskLogit },
      shadow: { ...heldBy(settle(asked, committed.standing, 0)), logit: judgement.riskLogit }
    }
  }

  return {
    name,
    version,
    compare,
    count({ sender, submission }, { isCounted }, { shadow: { logit, isHeld } }) {
      if (isCounted) thresholds.count({ sender, at: submission.receivedAt, logit, isHeld })
    }
  }
}

function heldBy({ decision }: Settled): Pick<ModelComparison['active'], 'judged' | 'isHeld'> {
  const isHeld = decision.reasons.some(({ code }) => code === 'RISK_ABOVE_HOLD')
  return { judged: decision.judged, isHeld }
}
