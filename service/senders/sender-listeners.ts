import type { HabitObservation } from '../profile/fold-observation.ts'
import type { PriorStep } from './priors/prior-steps.ts'
import type { SenderKey } from './sender-store.ts'

/** Whoever keeps what profiles went through, so that it can be gone through again. */
export interface SenderListeners {
  /** Inside the transaction. */
  readonly onHabits?: (change: HabitsChange) => void
  /** Outside of it: counts change in memory first. */
  readonly onPriors?: (step: PriorStep) => void
}

/** A change of a sender's habits that the verdict of a message does not tell of by itself. */
export interface HabitsChange {
  readonly sender: SenderKey
  /** Of the change: see `SenderStore.habits`. */
  readonly number: number
  /**
   * `learned`, `vouched`: as `SenderStore.learn` without and with somebody's word. `relearned`: with what it shows now in place of what it
   * showed before; `withdrawn`: it teaches nothing then. `forgotten`, `confirmed`: messages learned before. `past`: see
   * `SenderStore.learnPast`.
   */
  readonly act: 'learned' | 'vouched' | 'relearned' | 'withdrawn' | 'forgotten' | 'confirmed' | 'past'
  /** Those whom it concerned, in order. */
  readonly submissionIds: readonly string[]
  /** What was learned, of an envelope whose content may come: nothing else will tell of it then. */
  readonly shown: HabitObservation | null
  /** Epoch ms that the act was given; 0: none was. */
  readonly now: number
}
