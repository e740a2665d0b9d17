import type { EnvelopeScale, TakeoverModel } from '../../models/model-ports.ts'

/**
 * A takeover model that hears the envelope only. With the rest as in the neutral row it answers as if it had read an ordinary message: too
 * sure of itself by half. On the scale of its manifest an honest envelope lies at the prior, and the budgets' thresholds hold as many honest
 * envelopes as they hold of honest messages (measured: docs/decisions/0013).
 */
export function envelopeModel(takeover: TakeoverModel): TakeoverModel {
  const { slope, intercept } = takeover.envelope ?? firstRelease
  const unsure = (logits: readonly number[]): readonly number[] =>
    logits.map((logit) => slope * logit + intercept)
  return {
    ...takeover,
    predict: async (rows) => unsure(await takeover.predict(rows)),
    ...(takeover.predictCoalitions && {
      predictCoalitions: async (...asked) => unsure((await takeover.predictCoalitions?.(...asked)) ?? [])
    })
  }
}

/** Measured on the model of the first release; stands for models whose manifest tells nothing. */
const firstRelease: EnvelopeScale = { slope: 0.6, intercept: -0.36 }
