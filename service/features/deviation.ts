import { rateNames } from '../observation/observation.ts'
import type { Moments } from '../profile/moments.ts'
import { volumeNames, type VolumeName } from '../profile/profile.ts'
import type { Spread } from './background.ts'
import type { Comparison } from './family.ts'

/** Messages of everybody that stand beside the sender's own until there are enough of these (MODELS.md). */
const pseudoMessages = 5
const maxDeviation = 8

/** How far a volume lies from the sender's mean, in standard deviations, -8 to 8; 0 for a value that says nothing. */
export function deviation({ profile, background }: Comparison, name: VolumeName, value: number): number {
  return standardised(profile.volumes, background.volumes, volumeNames.indexOf(name), value)
}

/** The same for each rate of style. */
export function rateDeviations({ observation, profile, background }: Comparison): readonly number[] {
  return rateNames.map((_, index) =>
    standardised(profile.rates, background.rates, index, observation.style.rates[index] ?? Number.NaN)
  )
}

function standardised(
  { weight, means, variances }: Moments,
  spread: Spread,
  index: number,
  value: number
): number {
  if (!Number.isFinite(value) || weight === 0) return 0
  const all = weight + pseudoMessages
  const common = spread.means[index] ?? 0
  const mean = (weight * (means[index] ?? 0) + pseudoMessages * common) / all
  const own = (variances[index] ?? 0) + ((means[index] ?? 0) - mean) ** 2
  const variance = (weight * own + pseudoMessages * (spread.deviations[index] ?? 1) ** 2) / all
  const distance = (value - mean) / Math.sqrt(Math.max(1e-9, variance))
  return Math.max(-maxDeviation, Math.min(maxDeviation, distance))
}
