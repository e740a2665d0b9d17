import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sendersKey } from '../../service/profile/established.ts'
import { compactHash } from '../../service/profile/compact-hash.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile } from '../../service/profile/profile.ts'
import { othersHere, othersWith } from '../../service/features/installation.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { installationOf, settleSenders, type Home } from '../../training/takeover/neighbourhoods.ts'
import type { SenderHistory } from '../../training/takeover/corpus/sender-history.ts'
import { observation } from '../profile/observations.ts'

const histories = Array.from({ length: 400 }, (_, index): SenderHistory => {
  const source = index < 200 ? 'histories' : 'enron'
  return { source, sender: `p${index}@d${index % 9}.example`, mail: [], crafted: [] }
})
const profiles = histories.map((_, index) =>
  foldObservation(emptyProfile(), observation({ links: [`own-${index}.example`] }), { confirmed: true })
)
const homes = settleSenders(histories, profiles, 1)

test('senders of a source live in installations of several sizes, some alone, and never with those of another source', () => {
  const sizes = new Set(
    homes.map(({ neighbourhood }) => neighbourhood?.counts.count('values', sendersKey) ?? 0)
  )

  assert.equal(sizes.size, 7)
  for (const [index, { neighbourhood }] of homes.entries()) {
    const other = profiles[index < 200 ? 250 : 50]
    assert.ok(neighbourhood?.residents.every(({ profile }) => profile !== other) ?? true)
  }
})

test('as many are left out of an attack as of an honest message: the size of the rest tells nothing', () => {
  const random = createRandom(4)
  for (const [index, home] of homes.entries()) {
    const others = [homes[(index * 7) % 400], homes[(index * 13) % 400]].filter((one): one is Home => !!one)
    const honest = installationOf(home, [home], random)
    const attack = installationOf(home, others, random)

    assert.equal(attack && othersHere(attack), honest && othersHere(honest))
  }
})

test('what only the sender or the intruder shows is known to nobody', () => {
  const settled = [...homes.entries()].filter(([, { neighbourhood }]) => neighbourhood !== null)
  const [victim, home] = settled[0] ?? assert.fail()
  const [intruder, other] =
    settled.find(([at, { neighbourhood }]) => at !== victim && neighbourhood === home.neighbourhood) ??
    assert.fail()

  const installation = installationOf(home, [other], createRandom(1)) ?? assert.fail()

  for (const index of [victim, intruder])
    assert.equal(othersWith(installation, 'links', compactHash(`own-${index}.example`)), 0)
})
