import type { Background } from '../features/background.ts'

/**
 * What scoring asks of the models. Implemented by the registry on TensorFlow.js; tests hand in plain objects.
 * Every score is a calibrated logit: the log-odds at the model's own prior (`policy.badPrior`).
 */
export interface ScoringModels {
  /** null where no usable model is loaded: the policy `policy.withoutModels` decides then. */
  readonly content: ContentModel | null
  readonly takeover: TakeoverModel | null
}

export interface ContentInput {
  readonly tokens: readonly number[]
  readonly structure: readonly number[]
}

export interface ContentModel {
  readonly version: string
  /** Calibrated log-odds of spam or phishing, one per input. */
  predict(inputs: readonly ContentInput[]): Promise<readonly number[]>
  /** The input that says nothing (no tokens, mean structure): groups replaced by it give the base. Without it, zeros stand in. */
  readonly neutral?: ContentInput
  /** For its own risk, used while no takeover model is there to bring those of the fused risk. */
  readonly thresholds?: readonly BudgetThreshold[]
}

export interface TakeoverModel {
  readonly version: string
  /** Rows in the order of `behaviourFeatureNames`. Calibrated log-odds, one per row. */
  predict(rows: readonly Float32Array[]): Promise<readonly number[]>
  /**
   * One row with only some groups of features speaking, the others as in `neutralRow`: an answer for each mask (bit g: group g speaks).
   * `groupOf` is by feature. For models that know a quicker way than a row for each mask.
   */
  predictCoalitions?(
    row: Float32Array,
    groupOf: Uint8Array,
    masks: readonly number[]
  ): Promise<readonly number[]>
  /** The row that says nothing: every group replaced by it gives the base of the contributions. */
  readonly neutralRow: Float32Array
  /** Fused-risk thresholds (probabilities) for a budget of honest messages per 10,000, ascending by budget. */
  readonly thresholds: readonly BudgetThreshold[]
  /** How sure it may be of a message of which only the envelope is known. */
  readonly envelope?: EnvelopeScale
}

/** Log-odds times `slope` plus `intercept`. */
export interface EnvelopeScale {
  readonly slope: number
  readonly intercept: number
}

export interface BudgetThreshold {
  readonly budgetPer10k: number
  readonly hold: number
  readonly block: number
}

/** Models that judge together, and what they compare senders with. */
export interface JudgingModels {
  readonly models: ScoringModels
  readonly background: Background
  /** Versions that score beside them, without a say. */
  readonly shadows: readonly ShadowModels[]
}

/** The models in use with one of them exchanged for its shadow. */
export interface ShadowModels extends Pick<JudgingModels, 'models' | 'background'> {
  readonly name: keyof ScoringModels
  readonly version: string
}

/** Models that may be exchanged while messages are judged: each message keeps to those that it began with. */
export interface ModelsInUse {
  take(): BorrowedModels
}

/** They stay loaded until they are released, once. */
export interface BorrowedModels {
  readonly set: JudgingModels
  release(): void
  /** For work that goes on after the message. */
  again(): BorrowedModels
}

/** Models that stay: for backtests and tests. */
export function fixedModels(models: ScoringModels, background: Background): ModelsInUse {
  const set = { models, background, shadows: [] }
  const borrowed: BorrowedModels = { set, release: () => undefined, again: () => borrowed }
  return { take: () => borrowed }
}
