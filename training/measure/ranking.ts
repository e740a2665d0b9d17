/** A score and what the message was. Higher means worse. */
export interface Scored {
  readonly score: number
  readonly isBad: boolean
}

/** The score that this share of honest messages exceeds: the (1 - rate) quantile, never below a shown score. */
export function thresholdAt(honest: readonly number[], rate: number): number {
  const sorted = Float64Array.from(honest).toSorted()
  if (sorted.length === 0) return Infinity
  const allowed = Math.floor(rate * sorted.length)
  return sorted[sorted.length - 1 - allowed] ?? -Infinity
}

/** Share of the scores strictly above the threshold. */
export function shareAbove(scores: readonly number[], threshold: number): number {
  return scores.length === 0 ? Number.NaN : scores.filter((score) => score > threshold).length / scores.length
}

/** Area under the ROC curve by ranks, ties counted half. */
export function areaUnderCurve(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  const bad = sorted.filter(({ isBad }) => isBad).length
  const honest = sorted.length - bad
  let rankSum = 0
  for (let start = 0; start < sorted.length;) {
    let end = start
    let badInTie = 0
    for (; end < sorted.length && sorted[end]?.score === sorted[start]?.score; end += 1)
      if (sorted[end]?.isBad === true) badInTie += 1
    rankSum += badInTie * ((start + end + 1) / 2)
    start = end
  }
  return (rankSum - (bad * (bad + 1)) / 2) / (bad * honest)
}

/** Average precision: the area under precision over recall. */
export function averagePrecision(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score || Number(a.isBad) - Number(b.isBad))
  const bad = sorted.filter(({ isBad }) => isBad).length
  let found = 0
  let sum = 0
  for (const [index, { isBad }] of sorted.entries()) {
    if (!isBad) continue
    found += 1
    sum += found / (index + 1)
  }
  return sum / bad
}
