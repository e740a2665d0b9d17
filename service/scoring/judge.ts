import { behaviourFeatureNames, behaviourGroups, extractBehaviour } from '../features/behaviour.ts'

import type { Background } from '../features/background.ts'
import type { Observation } from '../observation/observation.ts'
import type { ScoringModels } from '../models/model-ports.ts'
import type { Profile } from '../profile/profile.ts'
import type { Logger } from '../telemetry/logger.ts'
import { explain, explainByLeavingOut, planExplanation } from '../verdict/explain.ts'
import { topReasons, wholeReasons, type GroupContribution } from '../verdict/explain-reasons.ts'
import { probabilityOf } from '../verdict/fuse-risk.ts'
import type { Thresholds } from '../verdict/thresholds.ts'
import type { Evidence, Reason } from '../verdict/verdict.ts'
import { contentFacts, contentGroups } from './content-groups.ts'
import { predict, type ModelInput } from './predict.ts'

/** What the models say of one message, and why. Logits are null without a model. */
export interface Judgement {
  readonly riskLogit: number | null
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  readonly reasons: readonly Reason[]
  /** A model that is loaded did not answer. */
  readonly failed: boolean
}

export interface JudgeOptions {
  readonly models: ScoringModels
  readonly background: Background
  readonly thresholds: Thresholds
  readonly log: Pick<Logger, 'error'>
}

export type Judge = (observation: Observation, profile: Profile, wholly: boolean) => Promise<Judgement>

/** No model, or nothing that it could read. */
export const nothingJudged: Judgement = {
  riskLogit: null,
  takeoverLogit: null,
  spamLogit: null,
  reasons: [],
  failed: false
}

/** features → models → contributions. `wholly`: give every contribution, whatever the risk. */
export function createJudge({ models, background, thresholds, log }: JudgeOptions): Judge {
  const groups = groupsOf(models)
  const all = 2 ** groups.length - 1
  const eachLeftOut = groups.map((_, index) => all ^ (1 << index))
  const plan = planExplanation(groups.length)

  return async function judge(observation, profile, wholly) {
    if (groups.length === 0) return nothingJudged
    try {
      return await judgeBy(observation, profile, wholly)
    } catch (error) {
      // A fault of ours must neither lose the message nor let it pass as harmless: the policy without models decides
      log.error('scoring.models_failed', { error: error instanceof Error ? error.message : String(error) })
      return { ...nothingJudged, failed: true }
    }
  }

  async function judgeBy(observation: Observation, profile: Profile, wholly: boolean): Promise<Judgement> {
    const { row, facts } = extractBehaviour(observation, profile, background)
    const input: ModelInput = { content: observation.content, behaviour: row, behaviourColumns }
    const evidenceOf = (group: string): Evidence => facts[group] ?? contentFacts(observation.content, group)

    const first = await predict(models, input, eachLeftOut)
    const { takeoverLogit, spamLogit } = first
    const judged = { takeoverLogit, spamLogit, riskLogit: first.riskOf(all), failed: false }
    if (!wholly && probabilityOf(judged.riskLogit) < thresholds.hold) {
      const lost = explainByLeavingOut(groups.length, first.riskOf)
      return { ...judged, reasons: topReasons(contributionsOf(groups, lost), evidenceOf) }
    }
    const { riskOf } = await predict(models, input, plan.coalitions)
    const { base, contributions } = explain(plan, riskOf)
    return { ...judged, reasons: wholeReasons(base, contributionsOf(groups, contributions), evidenceOf) }
  }
}

function contributionsOf(groups: readonly string[], values: readonly number[]): readonly GroupContribution[] {
  return groups.map((group, index) => ({ group, contribution: values[index] ?? 0 }))
}

/** In the order of the players of `predict`. */
function groupsOf(models: ScoringModels): readonly string[] {
  return [
    ...(models.takeover === null ? [] : Object.keys(behaviourGroups)),
    ...(models.content === null ? [] : contentGroups)
  ]
}

const behaviourColumns = Object.values(behaviourGroups).map((names) =>
  names.map((name) => behaviourFeatureNames.indexOf(name))
)
