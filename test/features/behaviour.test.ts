import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { behaviourFeatureNames, behaviourGroups, extractBehaviour } from '../../service/features/behaviour.ts'
import { emptyBackground } from '../../service/features/background.ts'
import { behaviourDigest, contentDigest } from '../../service/features/digest.ts'
import {
  attributeNames,
  rateNames,
  structureNames,
  type Observation
} from '../../service/observation/observation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import {
  hour,
  minute,
  monday9,
  observation,
  seeded,
  variedObservation,
  type ObservationTraits
} from '../profile/observations.ts'

/** Forty ordinary mornings. */
const habits: Profile = Array.from({ length: 40 }, (_, index) =>
  observation({
    receivedAt: monday9 + index * 24 * hour,
    to: [index % 2 === 0 ? 'bob@example.net' : 'eve@example.net'],
    messageId: `m${index}`,
    links: index % 4 === 0 ? ['example.net'] : [],
    subject: 'weekly report'
  })
).reduce((before, one) => foldObservation(before, one), emptyProfile())

const next = monday9 + 40 * 24 * hour

function measured(
  traits: ObservationTraits,
  profile = habits
): { value: (name: string) => number; facts: Record<string, unknown> } {
  const { row, facts } = extractBehaviour(
    observation({ receivedAt: next, ...traits }),
    profile,
    emptyBackground
  )
  return {
    value(name) {
      const index = behaviourFeatureNames.indexOf(name)
      assert.ok(index >= 0, name)
      return row[index] ?? Number.NaN
    },
    facts
  }
}

test('every feature has one name, in its group, and the groups hold them all in order', () => {
  assert.equal(new Set(behaviourFeatureNames).size, behaviourFeatureNames.length)
  assert.deepEqual(Object.values(behaviourGroups).flat(), behaviourFeatureNames)
  for (const [group, names] of Object.entries(behaviourGroups)) {
    for (const name of names) assert.match(name, new RegExp(`^${group}\\.[a-z][a-z0-9_]*$`, 'u'))
  }
})

/** What is raised by what: trait of the message, feature that must be higher than for an ordinary message. */
const raised: readonly (readonly [string, ObservationTraits, readonly string[]])[] = [
  ['a new network', { attributes: { network16: 'n16-abroad', network24: 'n24-abroad' } }, ['client.network16_surprisal', 'client.network16_unseen', 'client.network24_surprisal', 'client.with_network_surprisal']],
  ['a new program', { attributes: { clientFamily: 'curl', clientFull: 'curl 8' } }, ['client.family_surprisal', 'client.full_unseen', 'client.full_age_log']],
  ['another time zone', { attributes: { zone: '480' } }, ['client.zone_surprisal', 'client.zone_unseen']],
  ['other header fields', { attributes: { headerOrder: 'order-9' } }, ['structure.header_order_surprisal', 'structure.header_order_unseen']],
  ['another From', { attributes: { fromAddress: 'address-2', fromName: 'name-2' } }, ['structure.from_address_unseen', 'structure.from_name_surprisal']],
  ['three in the morning', { hour: 3 }, ['time.hour_surprisal', 'time.hour_unseen']],
  ['strangers', { to: ['x@new.example', 'y@new.example'] }, ['recipients.surprisal_mean', 'recipients.new_fraction', 'recipients.new_domain_fraction', 'recipients.count_log', 'recipients.count_deviation']],
  ['a link to a new domain', { links: ['phish.example'] }, ['links.new_domains_log', 'links.new_fraction', 'links.surprisal_max']],
  ['other words and another hand', { style: { words: [901, 902, 903], grams: [800, 801], gramCounts: [5, 5], rates: rateNames.map(() => 9) } }, ['style.word_novelty', 'style.gram_distance', 'style.gram_distance_least', 'style.rates_mean', 'style.rates_max']],
  ['a reply without a thread', { attributes: { kind: 'reply' } }, ['thread.reply_without_parents', 'thread.kind_surprisal']],
  ['a message one second after the last', { receivedAt: next - 24 * hour + 1_000 }, ['volume.gap_surprisal', 'volume.hourly_log']]
] // prettier-ignore

for (const [event, traits, names] of raised) {
  test(`${event} raises ${names.join(', ')}`, () => {
    const ordinary = measured({})
    const unusual = measured(traits)

    for (const name of names)
      assert.ok(unusual.value(name) > ordinary.value(name), `${name}: ${unusual.value(name)}`)
  })
}

test('people who belong together are less news than the same people mixed', () => {
  const profile = Array.from({ length: 20 }, (_, index) =>
    observation({ to: index % 2 === 0 ? ['a@x.org', 'b@x.org'] : ['c@y.org', 'd@y.org'] })
  ).reduce((before, one) => foldObservation(before, one), emptyProfile())

  const usual = measured({ to: ['a@x.org', 'b@x.org'] }, profile)
  const mixed = measured({ to: ['a@x.org', 'd@y.org'] }, profile)

  assert.equal(usual.value('recipients.pairs_known_fraction'), 1)
  assert.equal(mixed.value('recipients.pairs_known_fraction'), 0)
  assert.equal(usual.value('recipients.jaccard_max'), 1)
  assert.ok(mixed.value('recipients.jaccard_max') < 0.5)
})

test('an answer in a known thread to its people is known as such', () => {
  const reply = measured({ parents: ['m38'], to: ['bob@example.net'], subject: 'weekly report' })
  const foreign = measured({ parents: ['m38'], to: ['mallory@example.com'], subject: 'weekly report' })

  assert.equal(reply.value('thread.answers_own'), 1)
  assert.equal(reply.value('thread.subject_known'), 1)
  assert.equal(reply.value('thread.participants_fraction'), 1)
  assert.equal(foreign.value('thread.participants_fraction'), 0)
})

test('what a message does not show says nothing: neither the absence nor an attribute new to the history', () => {
  const absent = Object.fromEntries(attributeNames.map((name) => [name, '']))
  const { value } = measured({ attributes: absent })
  const fresh = measured(
    {},
    Array.from({ length: 9 }, () => observation({ attributes: absent })).reduce(
      (before, one) => foldObservation(before, one),
      emptyProfile()
    )
  )

  for (const name of behaviourFeatureNames.filter((one) => /_(?:surprisal|unseen|age_log)$/u.test(one))) {
    if (!/^(?:client|structure)\./u.test(name)) continue
    assert.equal(value(name), 0, name)
    assert.equal(fresh.value(name), 0, name)
  }
})

test('the first message of a sender is compared with nothing', () => {
  const { value, facts } = measured({}, emptyProfile())

  for (const name of [
    'client.network16_surprisal',
    'recipients.surprisal_max',
    'style.word_log_odds',
    'volume.gap_surprisal',
    'time.hour_surprisal'
  ]) {
    assert.equal(value(name), 0, name)
  }
  assert.equal(value('style.gram_distance'), 0.5)
  assert.deepEqual(facts['history'], { messagesSeen: 0 })
})

test('facts are what a support agent can say: counts, hours, names of programs', () => {
  const { facts } = measured({
    hour: 3,
    to: ['x@new.example', 'y@new.example', 'bob@example.net'],
    links: ['phish.example'],
    attributes: { clientFamily: 'curl', zone: '-210' },
    receivedAt: next - 24 * hour + 5 * minute
  })

  assert.deepEqual(facts, {
    client: {
      client: 'curl',
      clientBefore: 'thunderbird',
      clientKnown: false,
      networkKnown: true,
      heloKnown: true,
      zone: '-03:30',
      zoneBefore: '+01:00'
    },
    structure: {
      headersKnown: true,
      bodyShapeKnown: true,
      fromNameKnown: true,
      fromAddressKnown: true,
      attachmentTypesKnown: true
    },
    time: { localHour: 3, weekday: 5, usualFromHour: 9, usualToHour: 10 },
    recipients: {
      recipients: 3,
      newRecipients: 2,
      recipientDomains: 2,
      newRecipientDomains: 1,
      recipientsKnownBefore: 2
    },
    thread: { kind: 'new', threadKnown: false, subjectKnown: false },
    style: {
      languageKnown: true,
      language: 'en',
      newWordsPercent: 0,
      signatureKnown: true,
      similarityPercent: 100
    },
    links: { links: 1, linkDomains: 1, newLinkDomains: 1 },
    volume: { messagesLastHour: 1, minutesSinceLast: 5 },
    history: { messagesSeen: 40 },
    passages: {}
  })
})

test('extracting changes neither observation nor profile and gives the same numbers again', () => {
  const random = seeded(4)
  const message = variedObservation(random, 1)
  const before = structuredClone({ message, habits })

  const first = extractBehaviour(message, habits, emptyBackground)
  const second = extractBehaviour(message, habits, emptyBackground)

  assert.deepEqual(first, second)
  assert.deepEqual({ message, habits }, before)
})

const wild = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, 1e300, Number.NaN, Infinity))

test('whatever an observation holds, every value is finite', () => {
  const random = seeded(5)
  const long = Array.from({ length: 120 }, (_, index) => variedObservation(random, index)).reduce(
    (before, one) => foldObservation(before, one),
    emptyProfile()
  )
  const anything: fc.Arbitrary<Observation> = fc
    .record({
      receivedAt: wild,
      sizeBytes: wild,
      hour: wild,
      weekday: wild,
      words: fc.uniqueArray(fc.nat(65_535), { maxLength: 40 }),
      rates: fc.array(wild, { maxLength: 30 }),
      counts: fc.array(wild, { maxLength: 5 }),
      authored: wild,
      structure: fc.array(wild, { maxLength: structureNames.length }),
      to: fc.array(fc.string(), { maxLength: 20 }),
      value: fc.string({ unit: 'binary' })
    })
    .map((parts) => ({
      ...observation({
        to: parts.to,
        links: parts.to,
        parents: parts.to,
        subject: parts.value,
        attributes: { clientFull: parts.value, zone: parts.value, kind: parts.value }
      }),
      receivedAt: parts.receivedAt,
      sizeBytes: parts.sizeBytes,
      hour: parts.hour,
      weekday: parts.weekday,
      style: {
        authoredChars: parts.authored,
        authoredWords: parts.authored,
        quotedFraction: parts.authored,
        words: parts.words.toSorted((one, other) => one - other),
        grams: [1, 2, 3, 4, 5].slice(0, parts.counts.length),
        gramCounts: parts.counts,
        rates: parts.rates
      },
      content: { tokens: [], structure: parts.structure, passages: [] }
    }))

  fc.assert(
    fc.property(anything, (message) => {
      for (const profile of [emptyProfile(), habits, long, foldObservation(long, message)]) {
        assert.ok(extractBehaviour(message, profile, emptyBackground).row.every(Number.isFinite))
        assert.ok(
          extractBehaviour(observation(), foldObservation(profile, message), emptyBackground).row.every(
            Number.isFinite
          )
        )
      }
    }),
    { numRuns: 80, seed: 6 }
  )
})

test('the digests are fixed: a model trained before an edit of the features is refused after it', () => {
  assert.match(behaviourDigest, /^[0-9a-f]{64}$/u)
  assert.match(contentDigest, /^[0-9a-f]{64}$/u)
  assert.notEqual(behaviourDigest, contentDigest)
})
