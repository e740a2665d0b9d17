import { othersWith, type Installation } from '../../features/installation.ts'
import type { Submission } from '../../message/submission.ts'
import type { Observation } from '../../observation/observation.ts'
import { compactHash } from '../../profile/compact-hash.ts'
import { inDomain, sendersKey } from '../../profile/established.ts'
import { wholeSeen } from '../../profile/message-numbers.ts'
import type { Profile } from '../../profile/profile.ts'
import { fingerprintOf } from '../../senders/campaigns/body-fingerprint.ts'
import type { SightedLink, Sighting } from '../../senders/campaigns/campaign-memory.ts'
import type { SenderKey } from '../../senders/sender-store.ts'
import type { Cost } from '../../verdict/limits.ts'

export interface SightingParts {
  readonly submission: Pick<Submission, 'receivedAt'>
  readonly sender: SenderKey
  readonly observation: Observation
  readonly profile: Profile
  readonly cost: Cost
  readonly installation: Installation
}

/** With fewer messages of history nobody can say that a link domain is new to a sender. */
const minHistory = 20
/** A domain that so many others here use is nothing sudden. */
const commonFrom = 3
/** Where more senders than this share a domain, it is a mailbox provider's: they are no colleagues. */
const largestCircle = 500

/** What campaign memory recognises a submission by. */
export function sightingOf(parts: SightingParts): Sighting {
  const { submission, sender, observation, profile, cost, installation } = parts
  const domains = [...new Set(observation.links.map(({ domain }) => domain))]
  return {
    sender,
    circle: circleOf(installation),
    at: submission.receivedAt,
    fingerprint: fingerprintOf(observation),
    toStrangers: cost.newRecipients * 2 > cost.recipients,
    links: domains.map((domain) => ({ domain, use: useOf(domain, profile, installation) }))
  }
}

function circleOf({ domain, count }: Installation): number {
  return domain === 0 || count('values', inDomain(sendersKey, domain)) > largestCircle ? 0 : domain
}

function useOf(domain: string, profile: Profile, installation: Installation): SightedLink['use'] {
  const key = compactHash(domain)
  if (profile.linkDomains.keys.includes(key)) return 'habitual'
  if (wholeSeen(profile) < minHistory || othersWith(installation, 'links', key) >= commonFrom) {
    return 'unknown'
  }
  return 'fresh'
}
