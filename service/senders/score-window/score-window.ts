import type { SenderKey } from '../sender-store.ts'

/** The risk of one message. */
export interface WindowScore {
  readonly sender: SenderKey
  /** Epoch ms. */
  readonly at: number
  /** Log-odds of risk. */
  readonly logit: number
  /** It was held for its risk. */
  readonly isHeld: boolean
}

/** The scores of a window in columns, oldest first. */
export interface WindowScores {
  /** 32 bits of the sender's key. */
  readonly senders: Uint32Array
  readonly logits: Float32Array
  /** 1: held. */
  readonly held: Uint8Array
}

/**
 * The risks of recent messages, one window for each version of the models, and beside it what was made of them (`State`). Writes are
 * synchronous and only allowed inside `Storage.transaction`. A window is bounded: the oldest scores leave it.
 * Implementations: LMDB, in memory. One contract suite runs on each.
 */
export interface ScoreWindow<State> {
  /** Gives how many scores the window has been given so far, those that have left it among them. */
  add(version: string, score: WindowScore): number
  counted(version: string): number
  /** Reads the whole window: some milliseconds. */
  scores(version: string): WindowScores
  state(version: string): State | undefined
  keepState(version: string, state: State): void
  /** Takes the scores of a sender out of every window: after an erasure, or when the account turned out hijacked. */
  forget(sender: SenderKey): void
  /** Drops the windows of other versions, but for the `others` that were filled last. */
  retain(version: string, others: number): void
  /** The longest that a window gets. */
  readonly capacity: number
}
