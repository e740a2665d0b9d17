import { habitHalfLife, type HabitName } from '../../profile/habits.ts'
import { readHabit } from '../../profile/habit.ts'
import { nextNumber } from '../../profile/message-numbers.ts'
import type { Profile } from '../../profile/profile.ts'
import { usualHours } from '../../profile/usual-hours.ts'

/** A value and its share of the sender's mail, 0 to 1. */
export interface HabitShare {
  readonly value: string
  readonly share: number
}

/**
 * A sender's habits as people read them. Networks, recipients and link domains are kept as keyed hashes: nobody can read them, and all
 * that can be said is how many there are.
 */
export interface HabitDescription {
  /** Hours of the sender's own clock that hold nine tenths of the mail; `to` is exclusive, and may lie past midnight. */
  readonly usualHours: { readonly from: number; readonly to: number } | null
  /** `+01:00` */
  readonly zones: readonly HabitShare[]
  readonly clients: readonly HabitShare[]
  /** Autonomous systems, `AS14061`, and where their networks are registered, `NL`. */
  readonly providers: readonly HabitShare[]
  readonly countries: readonly HabitShare[]
  readonly languages: readonly HabitShare[]
  readonly kinds: readonly HabitShare[]
  readonly networks: number
  readonly recipients: number
  readonly recipientDomains: number
  readonly linkDomains: number
}

/** Values shown of one habit, and the share from which one is worth showing. */
const maxValues = 5
const minShare = 0.01

export function describeHabits(profile: Profile): HabitDescription {
  const shares = (name: HabitName): readonly HabitShare[] => sharesOf(profile, name)
  return {
    usualHours: usualHours(profile.hours),
    zones: shares('zone').map(({ value, share }) => ({ value: offsetText(value), share })),
    clients: shares('clientFamily'),
    providers: shares('asn'),
    countries: shares('country'),
    languages: shares('language'),
    kinds: shares('kind'),
    networks: profile.habits.network24.values.length,
    recipients: profile.people.keys.length,
    recipientDomains: profile.domains.keys.length,
    linkDomains: profile.linkDomains.keys.length
  }
}

function sharesOf(profile: Profile, name: HabitName): readonly HabitShare[] {
  const habit = profile.habits[name]
  return habit.values
    .map((value) => {
      const { count, total } = readHabit(habit, value, nextNumber(profile, name), habitHalfLife(name))
      return { value, share: total > 0 ? Math.round((100 * count) / total) / 100 : 0 }
    })
    .filter(({ share }) => share >= minShare)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, maxValues)
}

/** Minutes east of UTC → `+05:30`. */
function offsetText(minutes: string): string {
  const east = Number(minutes)
  if (!Number.isFinite(east)) return minutes
  const away = Math.abs(east)
  return `${east < 0 ? '-' : '+'}${twoDigits(Math.floor(away / 60))}:${twoDigits(away % 60)}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
