import { packProfile, unpackProfile, type PackedProfile } from '../../profile/pack-profile.ts'
import type { Profile } from '../../profile/profile.ts'

/** Packs and unpacks profiles, and knows those of the latest senders: a message is learned milliseconds after it was scored. */
export interface RecentProfiles {
  unpack(sender: string, packed: PackedProfile): Profile
  pack(sender: string, profile: Profile): PackedProfile
}

/** Some 50 kB each. */
const maxRecent = 64

/**
 * Profiles are told apart by what was stored, not by when: what a transaction wrote and then took back is never mistaken for what is
 * there.
 */
export function createRecentProfiles(): RecentProfiles {
  const recent = new Map<string, { readonly packed: PackedProfile; readonly profile: Profile }>()

  function keep(sender: string, packed: PackedProfile, profile: Profile): void {
    recent.delete(sender)
    recent.set(sender, { packed, profile })
    const [oldest] = recent.keys()
    if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest)
  }

  return {
    unpack(sender, packed) {
      const known = recent.get(sender)
      if (known !== undefined && isSame(known.packed, packed)) return known.profile
      const profile = unpackProfile(packed)
      keep(sender, packed, profile)
      return profile
    },
    pack(sender, profile) {
      const packed = packProfile(profile)
      keep(sender, packed, profile)
      return packed
    }
  }
}

function isSame(one: PackedProfile, other: PackedProfile): boolean {
  return (
    one.version === other.version &&
    one.values === other.values &&
    Buffer.compare(one.bytes, other.bytes) === 0 &&
    one.sizes.length === other.sizes.length &&
    one.sizes.every((size, index) => size === other.sizes[index]) &&
    one.counts.every((count, index) => count === other.counts[index])
  )
}
