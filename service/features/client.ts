import { showsContent, type Comparison, type Facts, type Family } from './family.ts'
import { habitFeatureNames, habitFeatureValues, isUsual, usual, type HabitFeature } from './habit-features.ts'

const habits: readonly HabitFeature[] = [
  { name: 'zone', habit: 'zone' },
  { name: 'network24', habit: 'network24' },
  { name: 'network16', habit: 'network16', age: true },
  { name: 'asn', habit: 'asn', age: true },
  { name: 'country', habit: 'country' },
  { name: 'helo_domain', habit: 'heloDomain' },
  { name: 'helo_shape', habit: 'heloShape' },
  { name: 'family', habit: 'clientFamily' },
  { name: 'full', habit: 'clientFull', age: true },
  { name: 'with_kind', habit: 'clientWithKind' },
  { name: 'with_network', habit: 'clientWithNetwork' },
  { name: 'with_zone', habit: 'clientWithZone' }
]

/** Where the message came from: network, greeting name, mail program, time zone. */
export const clientFamily: Family = {
  group: 'client',
  names: habitFeatureNames(habits),
  measure: (comparison) => ({ values: habitFeatureValues(habits, comparison), facts: facts(comparison) })
}

function facts(comparison: Comparison): Facts {
  const { clientFamily: client, zone } = comparison.values
  return {
    ...(showsContent(comparison) && {
      client: client || 'unknown',
      clientBefore: usual(comparison, 'clientFamily') || 'unknown',
      clientKnown: isUsual(comparison, 'clientFamily') && isUsual(comparison, 'clientFull')
    }),
    networkKnown: isUsual(comparison, 'network16'),
    heloKnown: isUsual(comparison, 'heloDomain'),
    ...originFacts(comparison),
    ...(zone !== '' && { zone: zoneText(zone), zoneBefore: zoneText(usual(comparison, 'zone') || zone) })
  }
}

/** Who operates the network, against who usually does; nothing where neither is known. `firstSeenFrom` only where it is new. */
function originFacts(comparison: Comparison): Facts {
  const { asn, country } = comparison.values
  const { asName } = comparison.observation
  const usualAsn = usual(comparison, 'asn')
  const usualCountry = usual(comparison, 'country')
  return {
    ...(asn !== '' && { asn }),
    ...(asName !== '' && { asName }),
    ...(country !== '' && { country }),
    ...(usualAsn !== '' && { usualAsn }),
    ...(usualCountry !== '' && { usualCountry }),
    ...(!isUsual(comparison, 'asn') && { firstSeenFrom: `${asn} ${asName}`.trim() }),
    ...(!isUsual(comparison, 'country') && { firstSeenIn: country })
  }
}

/** Minutes east of UTC as people write it: `+05:30`. */
function zoneText(minutes: string): string {
  const east = Number(minutes)
  if (!Number.isFinite(east)) return 'unknown'
  return `${east < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(east) / 60))}:${pad(Math.round(Math.abs(east) % 60))}`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
