import type { ModelDescription } from '../../models/shelf/load-models.ts'
import type { ModelRegistry, StoredVersion } from '../../models/shelf/model-registry.ts'
import type { ModelShelf } from '../../models/shelf/model-shelf.ts'
import type { ShadowModels } from '../../models/model-ports.ts'
import { windowVersionOf } from '../../scoring/thresholds-in-force.ts'
import type { WindowFill } from '../../scoring/window-fill.ts'
import type {
  ComparisonSummary,
  ModelComparison,
  ModelComparisons,
  ModelSide
} from '../../senders/model-comparisons.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { ShowRuns } from '../training/show-runs.ts'
import type { UnderWay } from './acting.ts'

export interface ShowModelsOptions {
  readonly shelf: Pick<ModelShelf, 'describe' | 'current'>
  readonly registry: Pick<ModelRegistry, 'active' | 'versions'>
  readonly comparisons: Pick<ModelComparisons, 'of'>
  readonly windowFill: (version: string) => WindowFill
  readonly senders: Pick<SenderStore, 'verdict'>
  readonly underWay: () => UnderWay | null
  /** What runs by itself; without it nothing does. */
  readonly runs?: ShowRuns | null
}

/** The models in use, what their shadows say, and the versions on disk. */
export function createShowModels({ shelf, registry, underWay, runs = null, ...asked }: ShowModelsOptions) {
  return async function showModels() {
    const { shadows } = shelf.current()
    const items = shelf.describe().map((model) => {
      const shadow = shadows.find(({ name }) => name === model.name)
      const drift = runs?.drift(model.name) ?? null
      return { ...model, shadow: shadow === undefined ? null : showShadow(shadow, asked), drift }
    })
    const versions = [...(await stored('content', registry)), ...(await stored('takeover', registry))]
    const active = new Map(versions.map((one) => [`${one.name} ${one.version}`, one.state]))
    const training = runs?.training((name, version) => active.get(`${name} ${version}`) ?? null) ?? null
    return { items, versions, promotion: underWay(), training }
  }
}

async function stored(name: ModelDescription['name'], registry: ShowModelsOptions['registry']) {
  const { active, shadow, previous } = await registry.active(name).catch(() => nothingKnown)
  const stateOf = (version: string) => {
    if (version === active) return 'active' as const
    if (version === shadow) return 'shadow' as const
    return version === previous ? ('previous' as const) : ('kept' as const)
  }
  const found = await registry.versions(name)
  return found.map(({ version, createdAt, fault }: StoredVersion) => {
    return { name, version, state: stateOf(version), createdAt, fault: fault?.code ?? null }
  })
}

const nothingKnown = { active: null, shadow: null, previous: null }

type Asked = Pick<ShowModelsOptions, 'comparisons' | 'windowFill' | 'senders'>

function showShadow(shadow: ShadowModels, { comparisons, windowFill, senders }: Asked) {
  const { version, models } = shadow
  const summary = comparisons.of(shadow)
  const { messages = 0, dropped = 0, verdicts = {}, top = [] } = summary ?? {}
  return {
    version,
    since: summary === undefined ? null : new Date(summary.since).toISOString(),
    messages,
    dropped,
    verdicts,
    ...ratesOf(summary),
    window: windowFill(windowVersionOf(models)),
    // Those of erased senders are left out
    disagreements: top.filter(({ verdictId }) => senders.verdict(verdictId) !== undefined).map(toDisagreement)
  }
}

function ratesOf(summary: ComparisonSummary | undefined) {
  if (summary === undefined || summary.messages === 0) return { heldPer10k: null, meanLogitDifference: null }
  const { messages, heldByActive, heldByShadow, logitDifference } = summary
  const per10k = (held: number): number => (10_000 * held) / messages
  return {
    heldPer10k: { active: per10k(heldByActive), shadow: per10k(heldByShadow) },
    meanLogitDifference: logitDifference / messages
  }
}

function toDisagreement({ verdictId, at, active, shadow }: ModelComparison) {
  return { verdictId, at: new Date(at).toISOString(), active: toSide(active), shadow: toSide(shadow) }
}

function toSide({ judged, logit }: ModelSide) {
  return { verdict: judged, risk: 1 / (1 + Math.exp(-logit)) }
}
