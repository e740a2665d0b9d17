import {
  nothingRecalled,
  type CampaignMemory,
  type Sighting
} from '../../senders/campaigns/campaign-memory.ts'
import type { OutcomeMemory } from '../../senders/outcome-memory.ts'
import { campaignTerms, outcomeTerms, type EvidenceTerm } from '../../verdict/evidence-terms.ts'

/** What is known about a message from outside of it and of its sender's habits: others' messages, and what became of earlier ones. */
export interface OutsideEvidence {
  /** null: the message was not read. */
  readonly sighting: Sighting | null
  readonly terms: readonly EvidenceTerm[]
  /** Its text is that of a campaign which feedback confirmed. */
  readonly knownCampaign: boolean
}

export const noOutsideEvidence: OutsideEvidence = { sighting: null, terms: [], knownCampaign: false }

export interface OutsideMemories {
  readonly campaigns: CampaignMemory
  readonly outcomes: OutcomeMemory
}

/** What became of the sender's earlier recipients: all that can be asked about a message whose content is not shown. */
export function gatherOutcomes(
  { outcomes }: Pick<OutsideMemories, 'outcomes'>,
  { sender, at }: Pick<Sighting, 'sender' | 'at'>
): OutsideEvidence {
  return { ...noOutsideEvidence, terms: outcomeTerms(outcomes.recall(sender, at)) }
}

/** Asks the memories of the installation, as they stand at this moment. Changes nothing. */
export function gatherEvidence(
  { campaigns, outcomes }: OutsideMemories,
  sighting: Sighting
): OutsideEvidence {
  const asks = sighting.fingerprint !== null || sighting.links.length > 0
  const campaign = asks ? campaigns.recall(sighting) : nothingRecalled
  return {
    sighting,
    terms: [...campaignTerms(campaign), ...outcomeTerms(outcomes.recall(sighting.sender, sighting.at))],
    knownCampaign: campaign.bodyMark === 'bad'
  }
}
