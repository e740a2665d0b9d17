import type { VerdictKind } from '../../../service/verdict/verdict.ts'
import type { Truth } from '../label.ts'
import type { ServedThen } from './served-then.ts'

/** A message of which the tested models think otherwise. */
export interface JudgedOtherwise {
  readonly verdictId: string
  readonly label: string
  readonly truth: Truth
  readonly served: VerdictKind
  readonly tested: VerdictKind
  /** Probabilities. */
  readonly riskServed: number | null
  readonly riskTested: number
}

export interface Disagreement {
  /** Messages that both judged. */
  readonly compared: number
  readonly same: number
  /** Not compared: they were never judged, or a rule stopped them whatever the models said. */
  readonly neverJudged: number
  readonly stoppedByRule: number
  /** Pairs of verdicts by what the messages count as; the usual ones first. */
  readonly cells: readonly {
    readonly served: VerdictKind
    readonly tested: VerdictKind
    readonly honest: number
    readonly bad: number
    readonly unlabelled: number
  }[]
  /** Those whose risk moved most. */
  readonly examples: readonly JudgedOtherwise[]
}

export interface Compared {
  readonly verdictId: string
  readonly label: string
  readonly truth: Truth
  readonly served: ServedThen | null
  readonly tested: VerdictKind
  readonly riskTested: number
}

const keptExamples = 20

/** Counts, pair by pair, what was said when messages came and what the tested models say. Keeps some examples. */
export function createDisagreement(): { add(one: Compared): void; summary(): Disagreement } {
  const pairs = new Map<string, Record<Truth, number> & { served: VerdictKind; tested: VerdictKind }>()
  const left = { neverJudged: 0, stoppedByRule: 0 }
  let examples: JudgedOtherwise[] = []

  function count({ served, tested, truth }: Pick<JudgedOtherwise, 'served' | 'tested' | 'truth'>): void {
    const key = `${served} ${tested}`
    const pair = pairs.get(key) ?? { served, tested, honest: 0, bad: 0, unlabelled: 0 }
    pair[truth] += 1
    pairs.set(key, pair)
  }

  function keep(one: JudgedOtherwise): void {
    examples.push(one)
    if (examples.length > 4 * keptExamples) examples = furthest(examples)
  }

  return {
    add({ served, ...one }) {
      if (served === null) left.neverJudged += 1
      else if (served.isByRule) left.stoppedByRule += 1
      else {
        const compared = { ...one, served: served.verdict, riskServed: served.risk }
        count(compared)
        if (compared.served !== compared.tested) keep(compared)
      }
    },
    summary() {
      const cells = [...pairs.values()].toSorted((one, other) => totalOf(other) - totalOf(one))
      const same = cells.filter(({ served, tested }) => served === tested)
      return {
        ...left,
        compared: cells.reduce((sum, cell) => sum + totalOf(cell), 0),
        same: same.reduce((sum, cell) => sum + totalOf(cell), 0),
        cells,
        examples: furthest(examples)
      }
    }
  }
}

function totalOf({ honest, bad, unlabelled }: Record<Truth, number>): number {
  return honest + bad + unlabelled
}

function furthest(examples: readonly JudgedOtherwise[]): JudgedOtherwise[] {
  const moved = ({ riskServed, riskTested }: JudgedOtherwise): number =>
    Math.abs(riskTested - (riskServed ?? 0))
  return examples
    .toSorted((one, other) => moved(other) - moved(one) || (one.verdictId < other.verdictId ? -1 : 1))
    .slice(0, keptExamples)
}
