import { noInstallation } from '../../service/features/installation.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { compactHash } from '../../service/profile/compact-hash.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, knowsRecipient, type Profile } from '../../service/profile/profile.ts'
import { sightingOf } from '../../service/scoring/judging/sighting.ts'
import type { CampaignEvidence } from '../../service/senders/campaigns/campaign-memory.ts'
import { createMemoryCampaignMemory } from '../../service/senders/campaigns/memory-campaign-memory.ts'

export interface HonestMail {
  readonly sender: string
  readonly observation: Observation
}

const familiarMs = 30 * 86_400_000

/**
 * Honest mail in order of time, as an installation that has been watched for a month would meet it: the evidence of each message. The
 * clock runs `squeeze` times as fast, as if the same senders sent that much more. Domains that others use are not left out here.
 */
export function honestEvidence(mail: readonly HonestMail[], squeeze: number): readonly CampaignEvidence[] {
  const memory = createMemoryCampaignMemory()
  const profiles = new Map<string, Profile>()
  const start = mail[0]?.observation.receivedAt ?? 0
  const nobody = { sender: '', circle: 0, fingerprint: null, toStrangers: false, links: [] }
  memory.record({ ...nobody, at: start - familiarMs }, false)
  return mail.map(({ sender, observation }) => {
    const profile = profiles.get(sender) ?? emptyProfile()
    const receivedAt = start + (observation.receivedAt - start) / squeeze
    const sighting = sightingOf({
      submission: { receivedAt },
      sender,
      observation,
      profile,
      cost: {
        recipients: observation.recipients.length,
        newRecipients: observation.recipients.filter(({ person }) => !knowsRecipient(profile, person)).length
      },
      installation: { ...noInstallation, domain: compactHash(sender.slice(sender.indexOf('@') + 1)) }
    })
    const evidence = memory.recall(sighting)
    memory.record(sighting, false)
    profiles.set(sender, foldObservation(profile, observation))
    return evidence
  })
}
