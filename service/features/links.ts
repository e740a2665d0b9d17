import { structureNames, type StructureName } from '../observation/observation.ts'
import { compactHash } from '../profile/compact-hash.ts'
import { linkLimits } from '../profile/profile.ts'
import { readTally, tallyTotal } from '../profile/tally.ts'
import { deviation } from './deviation.ts'
import { showsContent, type Comparison, type Family } from './family.ts'
import { isTelling, othersWith, rarityHere, trustHere } from './installation.ts'
import { surprisal, trust } from './surprisal.ts'

/** What asks for trust in the content; without the content model's input they are 0. */
const cues = ['money', 'phone', 'urgency', 'credential'] as const satisfies readonly StructureName[]

const own = [
  'count_log',
  'count_deviation',
  'domains_log',
  'new_domains_log',
  'new_fraction',
  'surprisal_max',
  'surprisal_mean'
] as const

/** Of the domains new for the sender, by what the other senders here link to; 0 while nobody is known. */
const here = ['rarity_max', 'unknown_to_all'] as const

/** Where the message leads: link domains this sender has not used, and what asks for money or haste. */
export const linksFamily: Family = {
  group: 'links',
  names: [...own, ...cues.map((cue) => `cue_${cue}`), ...here],
  isShown: showsContent,
  measure(comparison) {
    const { observation } = comparison
    const domains = [...new Set(observation.links.map(({ domain }) => compactHash(domain)))]
    const { fresh, bits } = surprise(comparison, domains)
    const { installation } = comparison.background
    const rarities = fresh.map((domain) => rarityHere(installation, 'links', domain))
    const strange = fresh.filter((domain) => othersWith(installation, 'links', domain) === 0)
    const count = Math.log1p(observation.links.length)
    const values: Record<(typeof own)[number], number> = {
      count_log: count,
      count_deviation: deviation(comparison, 'linksLog', count),
      domains_log: Math.log1p(domains.length),
      new_domains_log: Math.log1p(fresh.length),
      new_fraction: domains.length === 0 ? 0 : fresh.length / domains.length,
      surprisal_max: bits.reduce((most, one) => Math.max(most, one), 0),
      surprisal_mean: bits.length === 0 ? 0 : bits.reduce((sum, one) => sum + one, 0) / bits.length
    }
    const cueValues = cues.map((cue) => observation.content.structure[structureNames.indexOf(cue)] ?? 0)
    return {
      values: [
        ...own.map((name) => values[name]),
        ...cueValues,
        rarities.reduce((most, one) => Math.max(most, one), 0),
        strange.length > 0 ? trustHere(installation, 'links') : 0
      ],
      facts: {
        links: observation.links.length,
        linkDomains: domains.length,
        newLinkDomains: fresh.length,
        ...(strange.length > 0 &&
          isTelling(installation, 'links') && { linkDomainsUnknownHere: strange.length })
      }
    }
  }
}

/** Link domains are many and most are used once: a new one is worth its bits from the first link on. */
function surprise(
  { profile, atWhole: at }: Comparison,
  domains: readonly number[]
): { readonly fresh: readonly number[]; readonly bits: readonly number[] } {
  const total = tallyTotal(profile.linkDomains, at, linkLimits.halfLife)
  const prior = 0.2 / (total + 0.2 * world)
  const seen = domains.map((domain) => readTally(profile.linkDomains, domain, at, linkLimits.halfLife))
  const distinct = profile.linkDomains.keys.length
  const confidence = trust(at - 1)
  return {
    fresh: domains.filter((_, index) => seen[index]?.known !== true),
    bits: seen.map(({ count }) => confidence * surprisal({ count, total, distinct }, prior))
  }
}

/** Link domains there are (MODELS.md). */
const world = 1e4
