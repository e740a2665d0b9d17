import type { Observation } from '../observation/observation.ts'
import { volumeNames, type Profile, type VolumeName } from './profile.ts'
import { gapSeconds, sentInLastHour } from './sending-times.ts'

/**
 * How much the message is, by `volumeNames`, seen from the profile before it. NaN where nothing can be said (no gap before the
 * first message; no authored text): moments pass over it.
 */
export function volumesOf(profile: Profile, observation: Omit<Observation, 'content'>): readonly number[] {
  const gap = gapSeconds(profile, observation.receivedAt)
  const volumes: Record<VolumeName, number> = {
    sizeLog: Math.log1p(Math.max(0, observation.sizeBytes)),
    wordsLog: Math.log1p(Math.max(0, observation.style.authoredWords)),
    quotedFraction: observation.style.quotedFraction,
    linksLog: Math.log1p(observation.links.length),
    recipientsLog: Math.log1p(observation.recipients.length),
    gapLog: gap === null ? Number.NaN : Math.log1p(gap),
    hourlyLog: Math.log1p(sentInLastHour(profile, observation.receivedAt))
  }
  return volumeNames.map((name) => volumes[name])
}
