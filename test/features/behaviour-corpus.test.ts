import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground } from '../../service/features/background.ts'
import { behaviourFeatureNames, behaviourGroups, extractBehaviour } from '../../service/features/behaviour.ts'
import { buildInstallation } from '../../service/features/installation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { readBehaviourCases, type BehaviourCase, type Mail } from './behaviour-corpus.ts'

const cases = readBehaviourCases()

for (const one of cases) {
  test(`${one.family}: ${one.title}`, () => {
    const value = valuesOf(one, one.message)
    const ordinary = valuesOf(one, one.ordinary)
    assert.ok(one.expected.length > 0, 'nothing is expected')
    for (const { relation, feature, value: wanted } of one.expected) {
      const [is, was] = [value(feature), ordinary(feature)]
      const holds = { higher: is > was, lower: is < was, same: is === was, is: Math.abs(is - wanted) < 5e-3 }
      assert.ok(holds[relation], `${feature} should be ${relation}: ${is} (ordinary: ${was})`)
    }
  })
}

test('every family has its corpus, and every feature of its own stands in a case', () => {
  const spoken = new Set(cases.flatMap(({ expected }) => expected.map(({ feature }) => feature)))
  for (const [group, names] of Object.entries(behaviourGroups)) {
    assert.ok(
      cases.some(({ family }) => family === group),
      group
    )
    const silent = names.filter((name) => !spoken.has(name) && !/_(?:surprisal|unseen|age_log)$/u.test(name))
    assert.deepEqual(silent, [], group)
  }
})

function valuesOf({ history, neighbours }: BehaviourCase, message: Mail): (feature: string) => number {
  const residents = neighbours.map((mail) => ({ profile: learned([mail]), domain: 0 }))
  const installation = { ...buildInstallation(residents), domain: 0, without: [] }
  const { row } = extractBehaviour(
    message.observation,
    learned(history),
    { ...emptyBackground, installation },
    message.reading
  )
  return (feature) => {
    const index = behaviourFeatureNames.indexOf(feature)
    assert.ok(index >= 0, `no feature ${feature}`)
    return row[index] ?? Number.NaN
  }
}

function learned(mail: readonly Mail[]): Profile {
  return mail.reduce(
    (profile, { observation }) => foldObservation(profile, observation, { confirmed: true }),
    emptyProfile()
  )
}
