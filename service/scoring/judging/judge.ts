import { behaviourGroups, extractBehaviour } from '../../features/behaviour.ts'
import type { Background } from '../../features/background.ts'
import type { ContentReading } from '../../features/family.ts'
import { noInstallation, type Installation } from '../../features/installation.ts'
import type { Observation } from '../../observation/observation.ts'
import type { ScoringModels } from '../../models/model-ports.ts'
import type { Profile } from '../../profile/profile.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { EvidenceTerm } from '../../verdict/evidence-terms.ts'
import { explain, explainByLeavingOut, planExplanation } from '../../verdict/explain.ts'
import { topReasons, wholeReasons, type GroupContribution } from '../../verdict/reasons/explain-reasons.ts'
import { probabilityOf } from '../../verdict/fuse-risk.ts'
import type { Evidence, Reason } from '../../verdict/verdict.ts'
import { allContentGroups, contentFacts, contentGroups } from './content-groups.ts'
import { envelopeModel } from './envelope-model.ts'
import { predict, type ModelInput } from './predict.ts'
import { behaviourGroupOf, shownRow } from './shown-row.ts'
import { withoutHabits } from './without-habits.ts'
import { readCoalitions } from './read-content.ts'

/** What the models say of one message, and why. Logits are null without a model. */
export interface Judgement {
  readonly riskLogit: number | null
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  readonly reasons: readonly Reason[]
  /** What the takeover model was shown; null: nothing was. */
  readonly features: Float32Array | null
  /** What the content model said; null: it was not asked. */
  readonly reading: ContentReading | null
  /** A model that is loaded did not answer. */
  readonly failed: boolean
}

export interface JudgeOptions {
  readonly models: ScoringModels
  readonly background: Background
  readonly log: Pick<Logger, 'error'>
}

/**
 * `wholeFrom`: the risk from which every contribution is given. `installation`: what the sender's neighbours do. `terms`: evidence from
 * outside of message and habits; as it adds to the log-odds in every coalition, its Shapley value is the term itself.
 */
export type Judge = (
  observation: Observation,
  profile: Profile,
  wholeFrom: number,
  installation?: Installation,
  terms?: readonly EvidenceTerm[]
) => Promise<Judgement>

/** No model, or nothing that it could read. */
export const nothingJudged: Judgement = {
  riskLogit: null,
  takeoverLogit: null,
  spamLogit: null,
  reasons: [],
  features: null,
  reading: null,
  failed: false
}

/**
 * features → models → contributions. Of an envelope the content model says nothing, and the takeover model hears only the groups that it
 * shows: the others stand as in the neutral row, so that they neither raise nor lower the risk.
 */
export function createJudge(options: JudgeOptions): Judge {
  const judgeWhole = createJudgeBy(options)
  const { takeover } = options.models
  const models = { content: null, takeover: takeover && envelopeModel(takeover) }
  const judgeEnvelope = createJudgeBy({ ...options, models })
  return (observation, ...more) =>
    observation.shows === 'envelope' ? judgeEnvelope(observation, ...more) : judgeWhole(observation, ...more)
}

function createJudgeBy({ models, background, log }: JudgeOptions): Judge {
  const groups = groupsOf(models)
  const all = 2 ** groups.length - 1
  const eachLeftOut = groups.map((_, index) => all ^ (1 << index))
  const plan = planExplanation(groups.length)

  return async function judge(observation, profile, wholeFrom, installation = noInstallation, terms = []) {
    if (groups.length === 0) return nothingJudged
    try {
      return await judgeBy(observation, profile, wholeFrom, installation, terms)
    } catch (error) {
      // A fault of ours must neither lose the message nor let it pass as harmless: the policy without models decides
      log.error('scoring.models_failed', { error: error instanceof Error ? error.message : String(error) })
      return { ...nothingJudged, failed: true }
    }
  }

  async function judgeBy(
    observation: Observation,
    profile: Profile,
    wholeFrom: number,
    installation: Installation,
    terms: readonly EvidenceTerm[]
  ): Promise<Judgement> {
    const { content } = models
    const read = content === null ? null : await readCoalitions(content, observation.content, contentLeftOut)
    const { reading, logits: contentLogits } = read ?? { reading: null, logits: new Map<number, number>() }
    const around = { ...background, installation }
    const extracted = extractBehaviour(observation, profile, around, reading)
    const { facts } = extracted
    const behaviour = shownRow(extracted, models.takeover?.neutralRow ?? null)
    const seen = { content: observation.content, behaviour, groupOf: behaviourGroupOf }
    const input: ModelInput = { ...seen, contentLogits }
    const evidenceOf = (group: string): Evidence =>
      terms.find((term) => term.group === group)?.evidence ??
      facts[group] ??
      contentFacts(observation.content, group)

    const told = (shares: readonly GroupContribution[]) =>
      profile.messagesSeen === 0 ? withoutHabits(shares) : shares

    const first = await predict(models, input, eachLeftOut)
    const { takeoverLogit, spamLogit } = first
    const outside = terms.map(toContribution)
    const riskLogit = outside.reduce((sum, { contribution }) => sum + contribution, first.riskOf(all))
    const judged = { takeoverLogit, spamLogit, riskLogit, features: behaviour, reading, failed: false }
    if (probabilityOf(judged.riskLogit) < wholeFrom) {
      const lost = explainByLeavingOut(groups.length, first.riskOf)
      return {
        ...judged,
        reasons: topReasons(told([...contributionsOf(groups, lost), ...outside]), evidenceOf)
      }
    }
    const { riskOf } = await predict(models, input, plan.coalitions)
    const { base, contributions } = explain(plan, riskOf)
    const shares = [...contributionsOf(groups, contributions), ...outside]
    return { ...judged, reasons: wholeReasons(base, told(shares), evidenceOf) }
  }
}

function contributionsOf(groups: readonly string[], values: readonly number[]): readonly GroupContribution[] {
  return groups.map((group, index) => ({ group, contribution: values[index] ?? 0 }))
}

function toContribution({ group, logLikelihoodRatio }: EvidenceTerm): GroupContribution {
  return { group, contribution: logLikelihoodRatio }
}

const contentLeftOut = contentGroups.map((_, index) => allContentGroups ^ (1 << index))

/** In the order of the players of `predict`. */
function groupsOf(models: ScoringModels): readonly string[] {
  return [
    ...(models.takeover === null ? [] : Object.keys(behaviourGroups)),
    ...(models.content === null ? [] : contentGroups)
  ]
}
