import type { ScoringModels, TakeoverModel } from '../../models/model-ports.ts'

const version = '2026.8.1'
const slope = 0.8
const shift = -0.4

/** An older takeover model, so that a history has one: the same, but less sure of everything. */
export function blunter({ content, takeover }: ScoringModels): ScoringModels {
  return { content, takeover: takeover === null ? null : blunted(takeover) }
}

function blunted(takeover: TakeoverModel): TakeoverModel {
  const { neutralRow, thresholds } = takeover
  return {
    version,
    neutralRow,
    thresholds,
    predict: async (rows) => dull(await takeover.predict(rows)),
    ...(takeover.predictCoalitions && {
      predictCoalitions: async (row, groupOf, masks) =>
        dull((await takeover.predictCoalitions?.(row, groupOf, masks)) ?? [])
    })
  }
}

function dull(logits: readonly number[]): readonly number[] {
  return logits.map((logit) => slope * logit + shift)
}
