import type { BagLimits } from './bag.ts'
import { decayPerMessage } from './decay.ts'
import type { TallyLimits } from './tally.ts'

/** How much of each thing a profile keeps: what fills its bytes. */
export interface ProfileBounds {
  readonly habitValues: number
  readonly people: TallyLimits
  readonly domains: TallyLimits
  readonly linkDomains: TallyLimits
  readonly words: BagLimits
  readonly grams: BagLimits
  readonly samples: number
  readonly recentMessages: number
  readonly threadIds: number
  readonly subjects: number
  /** Values on probation. */
  readonly provisional: number
}

/** An encoded profile of the usual size, and what of it no bound makes smaller. */
const usualKilobytes = 32
const fixedKilobytes = 2

/** Bounds that keep an encoded profile below 32 kB times `scale`, which is 0.2 or more; half-lives, in messages, stay. */
export function profileBounds(scale = 1): ProfileBounds {
  const share = (scale * usualKilobytes - fixedKilobytes) / (usualKilobytes - fixedKilobytes)
  const sized = (usual: number): number => Math.max(2, Math.round(usual * share))
  return {
    habitValues: sized(20),
    people: { halfLife: 400, maxKeys: sized(400) },
    domains: { halfLife: 400, maxKeys: sized(120) },
    linkDomains: { halfLife: 400, maxKeys: sized(120) },
    words: { keep: decayPerMessage(400), maxIds: sized(1_000) },
    // 0.995 a message (MODELS.md)
    grams: { keep: 0.995, maxIds: sized(1_000) },
    samples: sized(6),
    recentMessages: sized(60),
    threadIds: sized(160),
    subjects: sized(100),
    provisional: sized(40)
  }
}

export const usualBounds = profileBounds()
