import type { TakeoverModel } from '../../models/model-ports.ts'

/**
 * A takeover model that hears the envelope only. With the rest as in the neutral row it answers as if it had read an ordinary message: too
 * sure of itself by half. On this scale an honest envelope lies at the prior, and the budgets' thresholds hold as many honest envelopes as
 * they hold of honest messages (measured: docs/decisions/0013).
 */
export function envelopeModel(takeover: TakeoverModel): TakeoverModel {
  return {
    ...takeover,
    predict: async (rows) => (await takeover.predict(rows)).map(unsure),
    ...(takeover.predictCoalitions && {
      predictCoalitions: async (...asked) => {
        const logits = await takeover.predictCoalitions?.(...asked)
        return (logits ?? []).map(unsure)
      }
    })
  }
}

const slope = 0.6
const offset = -0.36

function unsure(logit: number): number {
  return slope * logit + offset
}
