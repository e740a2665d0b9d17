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
}

export interface BudgetThreshold {
  readonly budgetPer10k: number
  readonly hold: number
  readonly block: number
}
