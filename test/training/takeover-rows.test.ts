import { usualBounds } from '../../service/profile/profile-bounds.ts'
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { buildBackground } from '../../service/features/build-background.ts'
import type { Background } from '../../service/features/background.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { foldHistory, walkSender, type Met } from '../../training/takeover/behaviour-rows.ts'
import { composeAttack } from '../../training/takeover/impostors/impostor-attacks.ts'
import { disguise } from '../../training/takeover/impostors/header-knowledge.ts'
import type { TakeoverCorpus } from '../../training/takeover/corpus/takeover-corpus.ts'
import { tinyTakeoverCorpus } from './tiny-takeover-corpus.ts'

let corpus: TakeoverCorpus
before(async () => {
  corpus = await tinyTakeoverCorpus()
})

test('victim and impostor are left out of the background, as if it had never met them', () => {
  const [victim, impostor, ...others] = corpus.histories.toSorted((a, b) => b.mail.length - a.mail.length)
  assert.ok(victim !== undefined && impostor !== undefined)
  const profileOf = (history: typeof victim) => foldHistory(history, usualBounds)
  const all = buildBackground(corpus.histories.map(profileOf), { minSenders: 1 })
  const stranger = buildBackground(others.map(profileOf), { minSenders: 1 })
  const attacks = (background: Background, isMet: boolean) => {
    const met = (history: typeof victim): Met => ({ history, met: isMet ? profileOf(history) : null })
    const random = createRandom(3)
    const options = { sender: 0, background, random, attackRate: 1, bounds: usualBounds }
    return walkSender({ ...met(victim), impostors: [met(impostor)], badMail: [] }, options)
      .filter(({ family }) => family.startsWith('A6'))
      .flatMap(({ row }) => surprisals.map((name) => row[behaviourFeatureNames.indexOf(name)] ?? 0))
  }
  const leftOut = attacks(all, true)
  const never = attacks(stranger, false)
  const known = attacks(all, false)
  assert.ok(leftOut.length > 6)
  assert.ok(distance(leftOut, never) < 0.1, `left out differs by ${distance(leftOut, never)} bits`)
  assert.ok(distance(known, never) > 2 * distance(leftOut, never))
})

test('the more a thief knows, the more attributes are those of the next honest message', () => {
  const [victim, thief] = corpus.histories
  const next = victim?.mail[6]?.observation
  const text = thief?.mail[3]?.observation
  assert.ok(next !== undefined && text !== undefined)
  const seen = (knowledge: 'M0' | 'M1' | 'M2') => {
    const { attributes, hour } = disguise(text, {
      knowledge,
      next,
      elsewhere: text,
      thief: text,
      random: () => 0.9
    })
    return [attributes.clientFull, attributes.network24, hour]
  }
  assert.deepEqual(seen('M0'), [text.attributes.clientFull, text.attributes.network24, text.hour])
  assert.deepEqual(seen('M1'), [next.attributes.clientFull, text.attributes.network24, text.hour])
  assert.deepEqual(seen('M2'), [next.attributes.clientFull, next.attributes.network24, next.hour])
})

const audiences = [['A1', 20, 200, 0], ['A2', 5, 50, 1], ['A3', 1, 1, 1]] as const // prettier-ignore
for (const [family, least, most, knownShare] of audiences) {
  test(`${family} goes to ${least} to ${most} people, of whom the share ${knownShare} is known`, () => {
    const history = corpus.histories[0]
    const next = history?.mail[5]
    assert.ok(history !== undefined && next !== undefined)
    const contacts = Array.from({ length: 60 }, (_, index) => ({ person: `known ${index}`, domain: 'a' }))
    const random = createRandom(8)
    const { badMail } = corpus
    const attack = composeAttack({ family, next: next.observation, contacts, badMail, other: next, random })
    assert.ok(attack !== null)
    const { recipients } = attack.observation
    assert.ok(recipients.length >= least && recipients.length <= most)
    const known = recipients.filter(({ person }) => person.startsWith('known'))
    assert.equal(known.length / recipients.length, knownShare)
  })
}

test('honest rows hold every message once, scored before it is learned', () => {
  const history = corpus.histories[1]
  assert.ok(history !== undefined)
  const options = {
    sender: 1,
    background: buildBackground([]),
    random: createRandom(1),
    attackRate: 0,
    bounds: usualBounds
  }
  const rows = walkSender({ history, met: null, impostors: [], badMail: [] }, options)
  const honest = rows.filter(({ family, repeated }) => family === 'honest' && !repeated)
  assert.deepEqual(honest.map(({ seen }) => seen), history.mail.map((_, index) => index)) // prettier-ignore
})

/** Features that the background speaks in. */
const surprisals = ['client.full_surprisal', 'structure.header_order_surprisal', 'style.greeting_surprisal']

/** Mean absolute difference. */
function distance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length
}
