import type { ReplayCount } from './replay.ts'
import type { Submitted } from './submit.ts'

/** One hijacking: whose mailbox, what is sent, and how much of the victim's ways the thief copies. */
export interface Act {
  readonly victim: number
  readonly kind: 'A3' | 'A4'
  readonly knowledge: 'M0' | 'M1' | 'M2'
  readonly told: string
}

/** The first one has to be stopped; the others show how far it reaches. */
export const acts: readonly [Act, ...Act[]] = [
  {
    victim: 1,
    kind: 'A3',
    knowledge: 'M0',
    told: 'A mailbox is hijacked: one phishing mail to one known contact, from the thief’s own machine'
  },
  {
    victim: 2,
    kind: 'A4',
    knowledge: 'M1',
    told: 'A subtle one: an answer in a real thread, the victim’s mail program imitated, another network'
  },
  {
    victim: 0,
    kind: 'A4',
    knowledge: 'M2',
    told: 'The hardest: an answer in a real thread from the victim’s own desk (a stolen session), over SMTP'
  }
]

/** Everything that came of it; `--json` prints this. */
export interface DemoResult {
  readonly replay: ReplayCount
  /** Honest mail over SMTP, before and after the first hijack. */
  readonly honest: readonly Submitted[]
  /** In the order of `acts`. */
  readonly attacks: readonly Submitted[]
  readonly allDelivered: boolean
  readonly deliveredAtSink: number
}
