import type { BudgetWindow } from './thresholds-in-force.ts'

/** How far the installation's own scores are enough for a threshold. */
export interface WindowFill {
  readonly messages: number
  readonly senders: number
  /** 0 to 1: of the messages or the senders that it takes, whichever is less. */
  readonly filledShare: number
  readonly isFilled: boolean
}

/** Of a window by its version (`windowVersionOf`). */
export function windowFillOf({ window, options }: BudgetWindow, version: string): WindowFill {
  const state = window.state(version)
  const messages = Math.min(window.counted(version), window.capacity)
  const senders = state?.senders ?? 0
  const filledShare = Math.min(1, messages / options.minMessages, senders / options.minSenders)
  return { messages, senders, filledShare, isFilled: state?.isFilled === true }
}
