import { shownTime } from '../profile/shown-time.ts'
import { usualHours } from '../profile/usual-hours.ts'
import type { Comparison, Facts, Family } from './family.ts'
import { trust } from './surprisal.ts'

/** Hour and weekday by the sender's own clock. */
export const timeFamily: Family = {
  group: 'time',
  names: ['hour_surprisal', 'hour_unseen', 'weekday_surprisal'],
  isShown: (comparison) => timeOf(comparison) !== null,
  measure(comparison) {
    const { observation, profile, background } = comparison
    const time = timeOf(comparison) ?? observation
    const hour = excess(profile.hours, background.hours, time.hour, hourKernel)
    const weekday = excess(profile.weekdays, background.weekdays, time.weekday, [1])
    const near = around(profile.hours, time.hour, hourKernel)
    const unseen = near > 0 ? 0 : trust(sum(profile.hours))
    return { values: [hour, unseen, weekday], facts: facts(profile, time) }
  }
}

interface Time {
  readonly hour: number
  readonly weekday: number
}

/** An hour is a habit of its neighbours too (MODELS.md). */
const hourKernel = [0.1, 0.2, 0.4, 0.2, 0.1]

/** Pseudo-messages sent as everybody sends. */
const pseudoMessages = 4

/** −log2 of the slot's probability by the sender's habit, 0 without any habit. */
function excess(
  counts: Float32Array,
  prior: readonly number[],
  slot: number,
  kernel: readonly number[]
): number {
  const total = sum(counts)
  const expected = around(prior, slot, kernel) / (sum(prior) || 1)
  const probability = (around(counts, slot, kernel) + pseudoMessages * expected) / (total + pseudoMessages)
  return -Math.log2(Math.max(1e-6, probability)) * trust(total)
}

/** Kernel-weighted count around a slot of the circle. */
function around(counts: ArrayLike<number>, slot: number, kernel: readonly number[]): number {
  const half = kernel.length >> 1
  return kernel.reduce((total, weight, index) => {
    const near = (slot + index - half + counts.length) % counts.length
    return total + weight * (counts[near] ?? 0)
  }, 0)
}

function sum(counts: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < counts.length; index++) total += counts[index] ?? 0
  return total
}

function timeOf({ profile, observation }: Comparison): Time | null {
  return shownTime(profile, observation)
}

function facts(profile: Comparison['profile'], { hour, weekday }: Time): Facts {
  const usual = usualHours(profile.hours)
  return {
    localHour: hour,
    weekday,
    ...(usual !== null && { usualFromHour: usual.from, usualToHour: usual.to })
  }
}
