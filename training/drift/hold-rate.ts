import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import type { JudgedMessage } from '../../service/history/reader/drift-reader.ts'
import type { TrainingLabel } from '../history/labels.ts'
import { poissonInterval } from '../measure/intervals.ts'
import { weekOf } from './week.ts'

export interface HeldWeek {
  /** Epoch ms. */
  readonly week: number
  /** Known bad ones left out. */
  readonly messages: number
  /** For their risk, and not for a limit or a rule. */
  readonly held: number
  readonly unspoken: number
  readonly per10k: number | null
  readonly range: { readonly low: number; readonly high: number } | null
  readonly state: 'few' | 'under' | 'within' | 'over'
}

type Held = Pick<JudgedMessage, 'received_at' | 'risk_logit' | 'hold_threshold' | 'judged'>

/** Messages a week from which a budget of some per 10,000 can be spoken of: a handful of holds is expected. */
const leastExpected = 3

/**
 * What was held for its risk, week by week, against the budget of honest messages per 10,000. Of held mail that nobody decided some was bad: with it counted as
 * honest the rate is an upper bound. 95 % Poisson intervals; holds of one sender come together, so they are rather too narrow.
 */
export function createHoldRate(budgetPer10k: number) {
  const weeks = new Map<number, { messages: number; held: number; unspoken: number }>()
  return {
    add(message: Held, label: Pick<TrainingLabel, 'isBad' | 'basis'> | null): void {
      if (message.risk_logit === null || label?.isBad === true) return
      const week = weekOf(message.received_at)
      const counted = weeks.get(week) ?? { messages: 0, held: 0, unspoken: 0 }
      weeks.set(week, counted)
      counted.messages += 1
      if (message.judged === 'allow' || probabilityOf(message.risk_logit) < message.hold_threshold) return
      counted.held += 1
      counted.unspoken += Number(label === null || label.basis === 'unlabelled')
    },
    end(): readonly HeldWeek[] {
      return Array.from(weeks, ([week, counted]) => ({ week, ...counted, ...rateOf(counted, budgetPer10k) }))
        .toSorted((a, b) => a.week - b.week) // prettier-ignore
    }
  }
}

function rateOf(
  { messages, held }: { messages: number; held: number },
  budget: number
): Pick<HeldWeek, 'per10k' | 'range' | 'state'> {
  if (messages === 0) return { per10k: null, range: null, state: 'few' }
  const scale = 10_000 / messages
  const { low, high } = poissonInterval(held)
  const range = { low: low * scale, high: high * scale }
  const state = range.low > budget ? 'over' : range.high < budget ? 'under' : 'within'
  const isFew = state === 'within' && budget / scale < leastExpected
  return { per10k: held * scale, range, state: isFew ? 'few' : state }
}
