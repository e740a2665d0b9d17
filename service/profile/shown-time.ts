import { localTime } from '../observation/local-time.ts'
import type { Observation } from '../observation/observation.ts'
import { usualValue } from './habit.ts'
import { habitHalfLife } from './habits.ts'
import type { Profile } from './profile.ts'

/**
 * Hour and weekday by the sender's own clock. An envelope does not show it: then that of the sender's usual zone, and null where none is
 * known, as UTC would teach a habit that the sender's whole messages break.
 */
export function shownTime(
  { habits }: Pick<Profile, 'habits'>,
  { shows, receivedAt, hour, weekday }: Pick<Observation, 'shows' | 'receivedAt' | 'hour' | 'weekday'>
): { readonly hour: number; readonly weekday: number } | null {
  if (shows !== 'envelope') return { hour, weekday }
  const zone = usualValue(habits.zone, habitHalfLife('zone'))
  return zone === '' ? null : localTime(receivedAt, Number(zone) || 0)
}
