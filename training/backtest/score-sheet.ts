import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import type { Verdict, VerdictKind } from '../../service/verdict/verdict.ts'
import type { Truth } from './label.ts'

/** All that the summary needs of a scored line: some dozen bytes, so that a million of them fit. */
export interface Score {
  readonly sender: string
  readonly label: string | null
  readonly role: BacktestLine['role']
  readonly truth: Truth
  readonly verdict: VerdictKind
  readonly risk: number
  readonly messagesSeen: number
  readonly isDegraded: boolean
}

export interface ScoreSheet {
  add(scored: { readonly line: BacktestLine; readonly truth: Truth; readonly verdict: Verdict }): void
  readonly scores: readonly Score[]
  /** In force at the first and the last line; null while nothing was scored. */
  thresholds(): { readonly first: Verdict['thresholds']; readonly last: Verdict['thresholds'] } | null
}

export function createScoreSheet(): ScoreSheet {
  const scores: Score[] = []
  // A text read from JSON is a new one each time; equal ones are kept once
  const texts = new Map<string, string>()
  let thresholds: { first: Verdict['thresholds']; last: Verdict['thresholds'] } | null = null
  const kept = (text: string): string => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
  return {
    scores,
    add({ line: { label, role }, truth, verdict: { verdict, risk, sender, degraded, thresholds: used } }) {
      thresholds = { first: thresholds?.first ?? used, last: used }
      scores.push({
        sender: kept(sender.id),
        label: label === null ? null : kept(label),
        role,
        truth,
        verdict,
        risk,
        messagesSeen: sender.messagesSeen,
        isDegraded: degraded
      })
    },
    thresholds: () => thresholds
  }
}
