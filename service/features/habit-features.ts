import { readHabit, usualValue } from '../profile/habit.ts'
import { habitHalfLife, type HabitName } from '../profile/habits.ts'
import { nextNumber } from '../profile/message-numbers.ts'
import { valuePrior } from './background.ts'
import type { Comparison } from './family.ts'
import { surprisal, trust } from './surprisal.ts'

/** One categorical habit as features: how surprising its value is, whether it is new, and (`age`) how long it was not seen. */
export interface HabitFeature {
  readonly name: string
  readonly habit: HabitName
  readonly age?: true
}

export function habitFeatureNames(features: readonly HabitFeature[]): readonly string[] {
  return features.flatMap(({ name, age }) => [
    `${name}_surprisal`,
    `${name}_unseen`,
    ...(age === true ? [`${name}_age_log`] : [])
  ])
}

/**
 * Surprisal in bits, unseen 0 or 1, age as log(1 + messages). A value absent from the message, or an attribute never seen in the
 * history, gives zeros: absence does not speak.
 */
export function habitFeatureValues(
  features: readonly HabitFeature[],
  comparison: Comparison
): readonly number[] {
  return features.flatMap(({ habit: name, age }) => {
    const { profile, background, values } = comparison
    const value = values[name]
    if (value === '') return age === true ? [0, 0, 0] : [0, 0]
    const at = nextNumber(profile, name)
    const seen = readHabit(profile.habits[name], value, at, habitHalfLife(name))
    const confidence = trust(seen.total)
    const bits = confidence * surprisal(seen, valuePrior(background, name, value))
    const unseen = seen.known ? 0 : confidence
    return age === true ? [bits, unseen, Math.log1p(seen.age ?? at - 1) * confidence] : [bits, unseen]
  })
}

/** Whether the value is one of the habit's; true where the message or the history shows none. */
export function isUsual({ profile, values }: Comparison, name: HabitName): boolean {
  const habit = profile.habits[name]
  const value = values[name]
  return value === '' || habit.values.length === 0 || readHabit(habit, value, 0, 1).known
}

/** The value this sender shows most, '' if none. */
export function usual({ profile }: Comparison, name: HabitName): string {
  return usualValue(profile.habits[name], habitHalfLife(name))
}
