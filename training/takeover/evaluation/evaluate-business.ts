import { createThresholdsInForce } from '../../../service/scoring/thresholds-in-force.ts'
import { createMemoryScoreWindow } from '../../../service/senders/score-window/memory-score-window.ts'
import type { BudgetState } from '../../../service/verdict/budget/budget-window.ts'
import { probabilityOf } from '../../../service/verdict/fuse-risk.ts'
import type { BudgetThreshold } from '../../../service/models/model-ports.ts'
import { poissonInterval } from '../../measure/intervals.ts'
import { textTable } from '../../text-table.ts'
import { prior } from '../train-takeover.ts'
import { countsAsHonest, type ScoredRow } from './measure-takeover.ts'

/** For traffic as small as an archive's (the service waits for ten times as much). */
const windowOptions = { minMessages: 500, minSenders: 20, maxSenderShare: 0.1, maxRisePerDayLogit: 0.5 }

/**
 * Senders that the model has not learned from, with the budget window running on their own traffic in order of time: what is held
 * against the budget, by the manifest's thresholds and by the window's.
 */
export function businessTable(scored: readonly ScoredRow[], manifest: readonly BudgetThreshold[]): string {
  const honest = scored.filter(countsAsHonest).toSorted((a, b) => a.row.at - b.row.at)
  const rows = [10, 100].map((budget) => {
    const still = manifest.find(({ budgetPer10k }) => budgetPer10k === budget)?.hold ?? 1
    const byManifest = honest.filter(({ risk }) => probabilityOf(risk) > still).length
    const [early, late] = heldByWindow(honest, manifest, budget)
    const counted = Math.max(0, honest.length - windowOptions.minMessages)
    return [
      String(budget),
      per10k(byManifest, honest.length),
      per10k(early + late, honest.length),
      per10k(late, counted)
    ]
  })
  return textTable(
    [
      'budget per 10,000',
      'held by the manifest',
      'held with the window',
      `after its first ${windowOptions.minMessages}`
    ],
    rows
  )
}

/** While the window fills, and from then on. */
function heldByWindow(
  honest: readonly ScoredRow[],
  thresholds: readonly BudgetThreshold[],
  budget: number
): readonly [early: number, late: number] {
  let now = 0
  const model = {
    version: 'measured',
    thresholds,
    neutralRow: new Float32Array(),
    predict: () => Promise.resolve([])
  }
  const inForce = createThresholdsInForce({
    models: { takeover: model, content: null },
    policy: {
      holdBudgetPer10k: budget, blockBudgetPer10k: 1, badPrior: prior, holdHours: 72, softHoldMinutes: 0,
      onHoldExpiry: 'return', onMisaligned: 'allow', onForeignIdentity: 'allow', mode: 'enforce', withoutModels: 'limits'
    }, // prettier-ignore
    budgetWindow: { window: createMemoryScoreWindow<BudgetState>(), options: windowOptions },
    clock: () => now,
    metrics: { gauge: () => undefined },
    log: { warn: () => undefined }
  })
  const held: [number, number] = [0, 0]
  for (const [index, { row, risk }] of honest.entries()) {
    now = row.at
    const isHeld = probabilityOf(risk) > inForce.now().hold
    if (isHeld) held[index < windowOptions.minMessages ? 0 : 1] += 1
    inForce.count({ sender: String(row.sender), at: row.at, logit: risk, isHeld })
  }
  return held
}

function per10k(count: number, messages: number): string {
  const { low, high } = poissonInterval(count)
  const [rate, least, most] = [count, low, high].map((events) =>
    ((10_000 * events) / Math.max(1, messages)).toFixed(1)
  )
  return `${rate} (${least}-${most})`
}
