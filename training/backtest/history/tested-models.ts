import type { SpanReader } from '../../../service/history/reader/span-reader.ts'
import type { JudgingModels, ScoringModels } from '../../../service/models/model-ports.ts'
import { thresholdsFor, type Thresholds } from '../../../service/verdict/budget/thresholds.ts'
import { decide } from '../../../service/verdict/decide.ts'
import type { Policy } from '../../../service/verdict/policy.ts'
import type { VerdictKind } from '../../../service/verdict/verdict.ts'
import type { LearnedSpan } from '../choose-models.ts'
import type { ReplayedRisk } from '../../history/replayed-risk.ts'

/** The models that history is shown, and the thresholds that their answers are held against. */
export interface TestedModels extends Pick<JudgingModels, 'models' | 'background'> {
  readonly thresholds: Thresholds
  /** `window`: moved by the installation's own mail, as the latest message that these versions judged says; `manifest`: not moved yet. */
  readonly thresholdsFrom: 'window' | 'manifest'
  readonly policy: Policy
  readonly learned: readonly LearnedSpan[]
}

/** The models that have learned from mail of this very span: figures flatter them. */
export function knownByHeart(
  { learned }: Pick<TestedModels, 'learned'>,
  { from, to }: { readonly from: number; readonly to: number }
): readonly string[] {
  return learned.filter((one) => one.from <= to && from <= one.to).map(({ name }) => name)
}

/** The thresholds in force for these models. `reader`: null asks nobody, and gives those of the manifest. */
export async function testModels(
  {
    models,
    background,
    learned = []
  }: Pick<JudgingModels, 'models' | 'background'> & Partial<Pick<TestedModels, 'learned'>>,
  policy: Policy,
  reader: Pick<SpanReader, 'thresholds'> | null
): Promise<TestedModels> {
  const manifest = thresholdsFor(models.takeover?.thresholds ?? models.content?.thresholds ?? [], policy)
  const used = reader === null ? undefined : await reader.thresholds(versionsOf(models))
  const common = { models, background, policy, learned }
  return used === undefined || isSame(used.hold, manifest.hold)
    ? { ...common, thresholds: manifest, thresholdsFrom: 'manifest' }
    : { ...common, thresholds: inForce(manifest, used), thresholdsFrom: 'window' }
}

/** Verdicts state thresholds with six digits. */
function isSame(stated: number, exact: number): boolean {
  return Math.abs(stated - exact) <= 1e-5 * exact
}

function inForce(manifest: Thresholds, used: Pick<Thresholds, 'hold' | 'block'>): Thresholds {
  return { ...used, suspicious: Math.min(manifest.suspicious, used.hold) }
}

export function versionsOf({ takeover, content }: ScoringModels): {
  readonly takeover: string
  readonly content: string
} {
  return { takeover: takeover?.version ?? '', content: content?.version ?? '' }
}

/** What these models would have said, in enforcing mode and to a sender in good standing, without limits. */
export function judgedBy(
  { thresholds, policy }: Pick<TestedModels, 'thresholds' | 'policy'>,
  { risk, spam }: ReplayedRisk,
  messagesSeen: number
): VerdictKind {
  return decide({
    riskLogit: risk,
    spamLogit: spam,
    thresholds,
    policy: { ...policy, mode: 'enforce' },
    containment: 'normal',
    external: false,
    knownCampaign: false,
    unreadable: null,
    brokenLimits: [],
    messagesSeen,
    newRecipients: 0
  }).judged
}
