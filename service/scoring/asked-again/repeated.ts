import type { Verdict } from '../../verdict/verdict.ts'
import type { ScoreOutcome } from '../scoring-ports.ts'

/** The first answer once more. */
export function repeated(answer: Verdict): ScoreOutcome {
  return { kind: 'scored', verdict: { ...answer, duplicate: true }, headline: null }
}
