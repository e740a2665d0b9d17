import type { DriftReader } from '../../service/history/reader/drift-reader.ts'
import type { EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import type { BudgetThreshold } from '../../service/models/model-ports.ts'
import { scoreTailOf, type RecentScores } from '../../service/verdict/budget/estimate-threshold.ts'
import { honestTailOf } from '../../service/verdict/budget/honest-tail.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import { logit } from '../../service/verdict/log-odds.ts'
import { labelFor, readLabels } from '../history/labels.ts'
import { bootstrapShare, poissonInterval, type Interval } from '../measure/intervals.ts'
import type { PresentedMessage } from './present-attacks.ts'

/** Scores that the version in use gave to honest mail of history. */
export interface HonestScores extends RecentScores {
  readonly version: string
}

/** What nobody called bad, of the version that judged last: what was held and decided by nobody is left out, as it is in training. */
export async function readHonestScores(reader: DriftReader & EvidenceReader): Promise<HonestScores> {
  const [newest] = await reader.versions()
  const labels = await readLabels(reader)
  const numbers = new Map<string, number>()
  const senders: number[] = []
  const logits: number[] = []
  for await (const message of reader.judged()) {
    const { sender, risk_logit: risk, takeover_model: takeover, content_model: content } = message
    if (risk === null || takeover !== newest?.takeover || content !== newest.content) continue
    if (labelFor(message, labels)?.isBad !== false) continue
    const number = numbers.get(sender) ?? numbers.size
    numbers.set(sender, number)
    senders.push(number)
    logits.push(risk)
  }
  return {
    version: newest?.takeover ?? '',
    senders: Uint32Array.from(senders),
    logits: Float32Array.from(logits)
  }
}

/** What one budget costs and buys. Intervals are 95 %. */
export interface BudgetPoint {
  readonly budgetPer10k: number
  /** Whose threshold: the model's manifest, or what this installation's own mail suggests. */
  readonly by: 'manifest' | 'installation'
  /** Probability of risk from which a message is held. */
  readonly threshold: number
  /** Honest messages of history above it: how many, and per 10,000. */
  readonly held: number
  readonly heldPer10k: number
  readonly heldLow: number
  readonly heldHigh: number
  /** Share of the presented attacks above it; senders are drawn as wholes. */
  readonly recall: number
  readonly recallLow: number
  readonly recallHigh: number
}

const budgets = [1, 2, 5, 10, 20, 50, 100] as const
const bootstrapSeed = 1
/** Of all weight: in service 0.5 %, which takes two hundred senders. */
const maxSenderShare = 0.1

/** Budget after budget, by the manifest’s thresholds and by the installation’s own scores. */
export function tradeOff(
  honest: HonestScores,
  attacks: readonly PresentedMessage[],
  thresholds: readonly BudgetThreshold[]
): readonly BudgetPoint[] {
  const tail = honestTailOf(thresholds)
  const lowest = Math.min(...honest.logits)
  const own = scoreTailOf(honest, tail, { maxSenderShare, from: lowest })
  return budgets.flatMap((budgetPer10k) => [
    toPoint({ budgetPer10k, by: 'manifest', at: tail.thresholdAt(budgetPer10k / 10_000) }, honest, attacks),
    toPoint({ budgetPer10k, by: 'installation', at: own.thresholdAt(budgetPer10k / 10_000) }, honest, attacks)
  ])
}

interface Asked extends Pick<BudgetPoint, 'budgetPer10k' | 'by'> {
  /** Log-odds. */
  readonly at: number
}

function toPoint(
  { at, ...named }: Asked,
  honest: HonestScores,
  attacks: readonly PresentedMessage[]
): BudgetPoint {
  const held = honest.logits.reduce((sum, score) => sum + Number(score >= at), 0)
  const scale = 10_000 / Math.max(1, honest.logits.length)
  const range = poissonInterval(held)
  const { share, low, high } = recallAt(
    attacks.filter(({ isBad }) => isBad),
    at
  )
  return {
    ...named,
    threshold: probabilityOf(at),
    held,
    heldPer10k: held * scale,
    heldLow: range.low * scale,
    heldHigh: range.high * scale,
    recall: share,
    recallLow: low,
    recallHigh: high
  }
}

function recallAt(attacks: readonly PresentedMessage[], at: number): Interval & { readonly share: number } {
  const groups = Map.groupBy(attacks, ({ sender }) => sender)
  const counted = Array.from(groups.values(), (own) => ({
    hits: own.filter(({ riskLogit }) => riskLogit >= at).length,
    trials: own.length
  }))
  const hits = counted.reduce((sum, one) => sum + one.hits, 0)
  const interval = bootstrapShare(counted, createRandom(bootstrapSeed))
  return { share: hits / Math.max(1, attacks.length), ...interval }
}

export interface FamilyRecall {
  readonly family: string
  readonly messages: number
  readonly recall: number
  readonly low: number
  readonly high: number
}

/** Kind of attack after kind, at one threshold (probability). */
export function recallByFamily(
  attacks: readonly PresentedMessage[],
  threshold: number
): readonly FamilyRecall[] {
  const groups = Map.groupBy(
    attacks.filter(({ isBad }) => isBad),
    ({ family }) => family
  )
  return Array.from(groups, ([family, own]) => {
    const { share, low, high } = recallAt(own, logit(threshold))
    return { family, messages: own.length, recall: share, low, high }
  }).toSorted((a, b) => (a.family < b.family ? -1 : 1))
}
