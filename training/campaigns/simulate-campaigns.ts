import { wordBuckets, type Observation } from '../../service/observation/observation.ts'
import { fingerprintOf } from '../../service/senders/campaigns/body-fingerprint.ts'
import type { Sighting } from '../../service/senders/campaigns/campaign-memory.ts'
import { createMemoryCampaignMemory } from '../../service/senders/campaigns/memory-campaign-memory.ts'
import { campaignTerms } from '../../service/verdict/evidence-terms.ts'
import type { Random } from '../../service/verdict/budget/seeded-random.ts'

export interface CampaignOptions {
  /** What the thief writes; each message has this share of its words replaced by chance. */
  readonly body: Observation
  readonly variation: number
  readonly carries: 'text and link' | 'text' | 'link'
  /** Between two messages. */
  readonly gapMs: number
  readonly random: Random
}

const senders = 20
const familiarMs = 30 * 86_400_000

/**
 * One message from each of twenty hijacked senders of different domains, to strangers, none of them stopped: by message, the evidence
 * that campaign memory adds to the log-odds of risk.
 */
export function simulateCampaign(options: CampaignOptions): readonly number[] {
  const memory = createMemoryCampaignMemory()
  memory.record(sightingBy(-1, -familiarMs, options), false)
  return Array.from({ length: senders }, (_, place) => {
    const sighting = sightingBy(place, place * options.gapMs, options)
    const terms = campaignTerms(memory.recall(sighting))
    memory.record(sighting, false)
    return terms.reduce((sum, { logLikelihoodRatio }) => sum + logLikelihoodRatio, 0)
  })
}

function sightingBy(place: number, at: number, options: CampaignOptions): Sighting {
  const { body, variation, carries, random } = options
  const words = body.style.words.map((word) =>
    random() < variation ? Math.floor(wordBuckets * random()) : word
  )
  return {
    sender: `sender ${place}`,
    circle: 0,
    at,
    fingerprint: carries === 'link' ? null : fingerprintOf({ ...body, style: { ...body.style, words } }),
    toStrangers: true,
    links: carries === 'text' ? [] : [{ domain: 'the thief', use: 'fresh' }]
  }
}
