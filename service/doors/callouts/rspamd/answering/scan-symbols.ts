import type { Verdict } from '../../../../verdict/verdict.ts'
import type { CalloutAnswer } from '../../asking/callout-answer.ts'

/** What rspamd calls a rule that fired. */
export interface ScanSymbol {
  readonly name: string
  readonly score: number
  /** Never empty: Postal counts only the symbols that have one. */
  readonly description: string
  readonly options: readonly string[]
}

/**
 * The reasons, each with its contribution in quarters of a point, and a symbol for the verdict that brings their sum to the score. Quarters
 * because clients add up and compare: their sums are exact in binary, so that 15 is never 14.999999999999998.
 */
export function symbolsOf({ verdict, reply }: CalloutAnswer, score: number): readonly ScanSymbol[] {
  if (verdict === null)
    return [{ name: 'SLUICE_UNJUDGED', score, description: `Not judged: ${reply.text}`, options: [] }]
  const reasons = reasonSymbols(verdict)
  const named = reasons.reduce((sum, symbol) => sum + symbol.score, 0)
  return [
    {
      name: 'SLUICE_VERDICT',
      score: Math.round((score - named) * 100) / 100,
      description: `Sluice says ${verdict.verdict}, at a risk of ${verdict.risk.toPrecision(2)}`,
      options: [verdict.id]
    },
    ...reasons
  ]
}

function reasonSymbols({ reasons }: Verdict): readonly ScanSymbol[] {
  const byName = new Map<string, ScanSymbol>()
  for (const { code, message, contribution } of reasons) {
    // Where every message starts is nothing that this one did
    if (code === 'BASELINE') continue
    const same = byName.get(code)
    const score = Math.round(contribution * 4) / 4 + (same?.score ?? 0)
    byName.set(code, { name: code, score, description: same?.description ?? message, options: [] })
  }
  return [...byName.values()]
}
