import type { Verdict } from '../../verdict/verdict.ts'
import type { Case, Settled } from '../settle.ts'

/** Where an answer is remembered: with the other effects of the message, or, for callers whose questions have none, in memory. */
export interface Remembering {
  /** Inside the transaction. */
  readonly durable: Remember | null
  readonly untraced: Remember
}

/** Remembers the answer for when the same is asked again. Inside the transaction. */
export type Remember = (done: Done) => void

/** What was done about a message. */
export interface Done {
  readonly known: Case
  readonly settled: Settled
  readonly answer: Verdict
  readonly isLearned: boolean
  readonly isCounted: boolean
}
