import type { Storage, Table } from '../storage/storage.ts'

/** One message as the models in use and a shadow model judge it. */
export interface ModelComparison {
  readonly verdictId: string
  /** Epoch ms. */
  readonly at: number
  readonly active: ModelSide
  readonly shadow: ModelSide
}

export interface ModelSide {
  readonly judged: Judged
  /** Log-odds of risk. */
  readonly logit: number
  /** Held for its risk, and for nothing else. */
  readonly isHeld: boolean
}

export type Judged = 'allow' | 'hold' | 'block'

/** What a shadow model has said beside the models in use. */
export interface ComparisonSummary {
  /** Epoch ms. */
  readonly since: number
  readonly until: number
  readonly messages: number
  /** Messages that it was not shown because too many waited. */
  readonly dropped: number
  readonly heldByActive: number
  readonly heldByShadow: number
  /** Sum of the absolute differences of the log-odds. */
  readonly logitDifference: number
  /** `hold/allow`: the models in use would hold, the shadow would not. */
  readonly verdicts: Readonly<Record<string, number>>
  /** Other verdicts first, then the largest differences. */
  readonly top: readonly ModelComparison[]
}

export interface ShadowName {
  readonly name: string
  readonly version: string
}

/** Comparisons with shadow models, summed up as they come. All writes belong inside `Storage.transaction`. */
export interface ModelComparisons {
  note(shadow: ShadowName, page: ComparedPage): void
  of(shadow: ShadowName): ComparisonSummary | undefined
  /** Forgets what was compared with any version of a model. */
  drop(name: string): void
}

export interface ComparedPage {
  readonly compared: readonly ModelComparison[]
  readonly dropped: number
}

const maxTop = 50

export function createModelComparisons(
  storage: Pick<Storage, 'table'>,
  clock: () => number
): ModelComparisons {
  /** By [name, version]. */
  const summaries: Table<ComparisonSummary> = storage.table('senders.model_comparisons')
  return {
    note({ name, version }, page) {
      const known = summaries.get([name, version]) ?? emptyAt(clock())
      summaries.put([name, version], added(known, page, clock()))
    },
    of: ({ name, version }) => summaries.get([name, version]),
    drop(name) {
      const keys = Array.from(summaries.range({ start: [name], end: [name, '\uffff'] }), ({ key }) => key)
      for (const key of keys) summaries.remove(key)
    }
  }
}

function emptyAt(at: number): ComparisonSummary {
  const none = { messages: 0, dropped: 0, heldByActive: 0, heldByShadow: 0, logitDifference: 0 }
  return { since: at, until: at, ...none, verdicts: {}, top: [] }
}

function added(known: ComparisonSummary, { compared, dropped }: ComparedPage, at: number): ComparisonSummary {
  const verdicts = { ...known.verdicts }
  for (const { active, shadow } of compared) {
    const pair = `${active.judged}/${shadow.judged}`
    verdicts[pair] = (verdicts[pair] ?? 0) + 1
  }
  return {
    since: known.since,
    until: at,
    messages: known.messages + compared.length,
    dropped: known.dropped + dropped,
    heldByActive: known.heldByActive + compared.filter(({ active }) => active.isHeld).length,
    heldByShadow: known.heldByShadow + compared.filter(({ shadow }) => shadow.isHeld).length,
    logitDifference: compared.reduce((sum, one) => sum + differenceOf(one), known.logitDifference),
    verdicts,
    top: [...known.top, ...compared].toSorted(byWeight).slice(0, maxTop)
  }
}

function differenceOf({ active, shadow }: ModelComparison): number {
  return Math.abs(active.logit - shadow.logit)
}

function byWeight(a: ModelComparison, b: ModelComparison): number {
  const differs = (one: ModelComparison): number => Number(one.active.judged !== one.shadow.judged)
  return differs(b) - differs(a) || differenceOf(b) - differenceOf(a)
}
