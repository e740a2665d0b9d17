import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground, valuePrior } from '../../service/features/background.ts'
import { behaviourFeatureNames, extractBehaviour } from '../../service/features/behaviour.ts'
import { buildBackground } from '../../service/features/build-background.ts'
import {
  buildInstallation,
  noInstallation,
  type Installation,
  type Resident
} from '../../service/features/installation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { observation, seeded, variedObservation, type ObservationTraits } from '../profile/observations.ts'

function writer(traits: ObservationTraits, domain: number): Resident {
  return {
    profile: Array.from({ length: 10 }, () => observation(traits)).reduce(fold, emptyProfile()),
    domain
  }
}

function fold(profile: Profile, message: ReturnType<typeof observation>): Profile {
  return foldObservation(profile, message, { confirmed: true })
}

function around(residents: readonly Resident[], domain = 0, without: readonly Resident[] = []): Installation {
  return { ...buildInstallation(residents), domain, without }
}

function feature(name: string, message: ReturnType<typeof observation>, installation: Installation): number {
  const { row } = extractBehaviour(message, home.profile, { ...emptyBackground, installation })
  return row[behaviourFeatureNames.indexOf(name)] ?? Number.NaN
}

const home = writer({}, 1)

test('an installation of nobody changes no number', () => {
  const random = seeded(2)
  const messages = Array.from({ length: 20 }, (_, index) => variedObservation(random, index))
  const profile = messages.reduce(fold, emptyProfile())
  const background = buildBackground([profile, home.profile])

  for (const message of messages) {
    const alone = extractBehaviour(message, profile, { ...background, installation: noInstallation })
    const empty = extractBehaviour(message, profile, { ...background, installation: around([], 7) })
    assert.deepEqual(empty, alone)
    for (const name of hereFeatures) assert.equal(alone.row[behaviourFeatureNames.indexOf(name)], 0, name)
  }
})

const hereFeatures = [
  'links.rarity_max',
  'links.unknown_to_all',
  'recipients.share_known_here',
  'recipients.unknown_here_log'
]

test('who is left out might as well never have been counted', () => {
  const random = seeded(3)
  const residents = Array.from({ length: 8 }, (_, index): Resident => {
    const mail = Array.from({ length: 15 }, (_ignored, number) => variedObservation(random, number))
    return { profile: mail.reduce(fold, emptyProfile()), domain: 1 + (index % 2) }
  })
  const [victim = home, intruder = home, ...others] = residents

  for (let index = 20; index < 40; index += 1) {
    const message = variedObservation(random, index)
    const compared = (installation: Installation) =>
      extractBehaviour(message, victim.profile, { ...emptyBackground, installation })
    assert.deepEqual(
      compared(around(residents, victim.domain, [victim, intruder])),
      compared(around(others, victim.domain))
    )
  }
})

test('a network of colleagues surprises less than one used elsewhere here, and that less than one that nobody uses', () => {
  const residents = [
    home,
    ...Array.from({ length: 4 }, () => writer({ attributes: { network16: 'office' } }, 1)),
    ...Array.from({ length: 4 }, () => writer({ attributes: { network16: 'other-office' } }, 2)),
    ...Array.from({ length: 40 }, (_, index) => writer({ attributes: { network16: `home ${index}` } }, 3))
  ]
  const installation = around(residents, home.domain, [home])
  const bits = (network16: string): number =>
    feature('client.network16_surprisal', observation({ attributes: { network16 } }), installation)

  assert.ok(bits('office') + 2 < bits('other-office'), `${bits('office')} ${bits('other-office')}`)
  assert.ok(bits('other-office') + 2 < bits('abroad'))
})

/** Of a network that none of so many senders shows. */
function prior(senders: number): number {
  const installation = around(Array.from({ length: senders }, () => home))
  return valuePrior({ ...emptyBackground, installation }, 'network16', 'abroad')
}

test('a value that nobody shows keeps some probability, however many senders are known', () => {
  assert.ok(prior(10) < prior(0))
  assert.ok(prior(2_000) > prior(0) / 30)
})

test('the larger the installation, the more it says that nobody here links to a domain', () => {
  const message = observation({ links: ['phish.example'] })
  const strangeness = (senders: number): number =>
    feature('links.unknown_to_all', message, around(Array.from({ length: senders }, () => home)))

  assert.equal(strangeness(0), 0)
  assert.ok(strangeness(3) < 0.1)
  assert.ok(strangeness(500) > 0.9)
})

test('counts that had to forget rare things say less by their silence', () => {
  const full = around(Array.from({ length: 500 }, () => home))
  const message = observation({ links: ['phish.example'] })

  const partial = feature('links.unknown_to_all', message, { ...full, coverage: () => 0.5 })

  assert.ok(Math.abs(partial - feature('links.unknown_to_all', message, full) / 2) < 1e-6)
})
