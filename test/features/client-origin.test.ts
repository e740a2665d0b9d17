import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground } from '../../service/features/background.ts'
import { extractBehaviour } from '../../service/features/behaviour.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile } from '../../service/profile/profile.ts'
import { reasonForGroup } from '../../service/verdict/reasons/group-reasons.ts'
import { toReason } from '../../service/verdict/reasons/reason.ts'
import { observation } from '../profile/observations.ts'

const home = { asn: 'AS9268', country: 'AU' }
const abroad = { asn: 'AS14061', country: 'NL', network16: 'n16-abroad' }
const habits = Array.from({ length: 20 }, () => observation({ attributes: home })).reduce(
  (before, one) => foldObservation(before, one),
  emptyProfile()
)

function reasonOf(attributes: Record<string, string>, asName: string, profile = habits): string {
  const { facts } = extractBehaviour({ ...observation({ attributes }), asName }, profile, emptyBackground)
  const evidence = facts['client'] ?? {}
  return toReason(reasonForGroup('client', 1.8, evidence), 1.8, evidence).message
}

const cases: readonly (readonly [string, Record<string, string>, string, string])[] = [
  ['a provider and a country never seen', abroad, 'DigitalOcean, LLC', 'First seen from AS14061 DigitalOcean, LLC in NL, usually AS9268 in AU'],
  ['another provider at home', { ...abroad, country: 'AU' }, 'DigitalOcean, LLC', 'First seen from AS14061 DigitalOcean, LLC, usually AS9268'],
  ['a provider whose name nobody knows', { ...abroad, country: '' }, '', 'First seen from AS14061, usually AS9268'],
  ['another network of the usual provider', { ...home, network16: 'n16-next' }, 'Over The Wire', 'Sent from a network of AS9268 Over The Wire that this sender has not used before'],
  ['a network of which nothing is known', { network16: 'n16-next' }, '', 'Sent from a network this sender has not used before']
] // prettier-ignore
for (const [event, attributes, asName, sentence] of cases) {
  test(`${event}: "${sentence}"`, () => assert.equal(reasonOf(attributes, asName), sentence))
}

test('a history without providers names none as usual', () => {
  const older = Array.from({ length: 20 }, () => observation()).reduce(
    (before, one) => foldObservation(before, one),
    emptyProfile()
  )
  assert.match(reasonOf(abroad, 'DigitalOcean, LLC', older), /^Sent from a network of AS14061/u)
})
