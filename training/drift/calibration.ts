import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import type { TrainingLabel } from '../history/labels.ts'
import { balancedCalibrationError, balancedLogLoss } from '../measure/calibration-error.ts'
import { poissonInterval } from '../measure/intervals.ts'
import type { Scored } from '../measure/ranking.ts'
import { wilsonInterval } from '../measure/wilson-interval.ts'

/** Where bins of risk end. Most mail lies below one in a thousand, and most decisions above one in ten. */
const edges = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] as const
/** Of each class: with fewer, figures of both classes together say nothing. */
const leastSpoken = 20

export type Calibration = ReturnType<ReturnType<typeof createCalibration>['end']>

/**
 * What was predicted beside what people said afterwards. Of most mail nobody says anything, and of held mail almost always somebody does: shares of what
 * was spoken of are not those of all mail. So the bad ones known are a lower bound, and only "too low" can be proven of a prediction; the balanced
 * figures compare classes, whatever their shares are. Keeps what was spoken of, and sums of the rest.
 */
export function createCalibration(prior: number) {
  const bins = edges.map((to, index) => emptyBin(edges[index - 1] ?? 0, to))
  const spoken: Scored[] = []
  const shift = Math.log(prior / (1 - prior))

  return {
    /** `label` null or without anybody's word: nobody spoke of it. */
    add(logit: number, label: Pick<TrainingLabel, 'isBad' | 'basis'> | null): void {
      const risk = probabilityOf(logit)
      const bin = bins.find(({ to }) => risk <= to)
      if (bin === undefined) return
      bin.messages += 1
      bin.said += risk
      if (label === null || label.basis === 'unlabelled') bin.unspoken += 1
      else {
        bin[label.isBad ? 'bad' : 'honest'] += 1
        spoken.push({ score: logit - shift, isBad: label.isBad })
      }
    },
    end() {
      const sum = (of: (bin: RiskBin) => number): number => bins.reduce((all, bin) => all + of(bin), 0)
      const [bad, honest] = [sum((bin) => bin.bad), sum((bin) => bin.honest)]
      const isEnough = Math.min(bad, honest) >= leastSpoken
      return {
        messages: sum((bin) => bin.messages),
        spoken: spoken.length,
        bins: bins.map(withIntervals),
        state: stateOf(bad, sum((bin) => bin.said)), // prettier-ignore
        balanced: isEnough
          ? { bad, honest, error: balancedCalibrationError(spoken), logLoss: balancedLogLoss(spoken) }
          : null
      }
    }
  }
}

interface RiskBin {
  readonly from: number
  readonly to: number
  messages: number
  said: number
  bad: number
  honest: number
  unspoken: number
}

function emptyBin(from: number, to: number): RiskBin {
  return { from, to, messages: 0, said: 0, bad: 0, honest: 0, unspoken: 0 }
}

function withIntervals(bin: RiskBin) {
  const { messages, bad, honest } = bin
  const counts = poissonInterval(bad)
  const atLeast =
    messages === 0 ? null : { low: counts.low / messages, high: Math.min(1, counts.high / messages) }
  return { ...bin, atLeast, ofSpoken: wilsonInterval(bad, bad + honest) }
}

/** Poisson: as many as this are not expected by chance where so few were said. */
function stateOf(bad: number, said: number): 'few' | 'plausible' | 'too-low' {
  if (poissonInterval(bad).low > said) return 'too-low'
  return bad < leastSpoken ? 'few' : 'plausible'
}
