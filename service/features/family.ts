import type { Observation } from '../observation/observation.ts'
import { compactHash } from '../profile/compact-hash.ts'
import { habitValues, type HabitName } from '../profile/habits.ts'
import { wholeSeen } from '../profile/message-numbers.ts'
import type { Profile } from '../profile/profile.ts'
import { recentSets } from '../profile/recent.ts'
import type { Background } from './background.ts'

/** What a support agent can be told about a group: plain values, never message text. */
export type Facts = Readonly<Record<string, string | number | boolean>>

/** One observation beside its sender's habits, and what several families need of them. */
export interface Comparison {
  readonly observation: Observation
  readonly profile: Profile
  readonly background: Background
  /** null where no content model read the message. */
  readonly reading: ContentReading | null
  /** Number of this message among the sender's, and among those shown with their content. */
  readonly at: number
  readonly atWhole: number
  readonly values: Readonly<Record<HabitName, string>>
  /** Distinct recipients and their domains, hashed as profiles keep them. */
  readonly people: readonly number[]
  readonly domains: readonly number[]
  /** Recipients of the sender's latest messages, oldest first. */
  readonly recentSets: readonly Uint32Array[]
}

/** What the content model says: calibrated log-odds of spam or phishing. */
export interface ContentReading {
  readonly whole: number
  /** Beside the observation's passages. */
  readonly passages: readonly number[]
}

export interface Measured {
  /** In the order of the family's names. */
  readonly values: readonly number[]
  readonly facts: Facts
}

/** Features that belong together: they are explained, and left out, as one group. */
export interface Family {
  readonly group: string
  /** Without the group's name. */
  readonly names: readonly string[]
  /** Whether the message shows what the family measures; without: always. What is not shown is no feature, neither usual nor new. */
  isShown?(comparison: Comparison): boolean
  measure(comparison: Comparison): Measured
}

/** Of families that measure content. */
export function showsContent({ observation }: Comparison): boolean {
  return observation.shows !== 'envelope'
}

export function compare(
  observation: Observation,
  profile: Profile,
  background: Background,
  reading: ContentReading | null
): Comparison {
  const { recipients } = observation
  return {
    observation,
    profile,
    background,
    reading,
    at: profile.messagesSeen + 1,
    atWhole: wholeSeen(profile) + 1,
    values: habitValues(observation.attributes),
    people: [...new Set(recipients.map(({ person }) => compactHash(person)))],
    domains: [...new Set(recipients.map(({ domain }) => compactHash(domain)))],
    recentSets: recentSets(profile.recent)
  }
}
