import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { countedKinds, eachChange, sendersKey } from '../../../service/profile/established.ts'
import { compactHash } from '../../../service/profile/compact-hash.ts'
import { emptyProfile } from '../../../service/profile/profile.ts'
import { createLmdbSenderStore } from '../../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../../service/senders/memory-sender-store.ts'
import type { Priors } from '../../../service/senders/priors/priors.ts'
import type { SenderStore } from '../../../service/senders/sender-store.ts'
import { domainOf } from '../../../service/senders/priors/store-with-priors.ts'
import type { Storage } from '../../../service/storage/storage.ts'
import { monday9, minute, observation, seeded, variedObservation } from '../../profile/observations.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const key = new Uint8Array(32).fill(5)

interface Opened {
  readonly store: SenderStore
  readonly write: <T>(act: () => T) => Promise<T>
}

function openLmdb(storage: Storage): Opened {
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
}

async function mergeAll({ store: { priors }, write }: Opened): Promise<void> {
  while (priors.merge() > 0);
  const kept = await write(() => priors.keep())
  kept()
  while ((await write(() => priors.tidy())) > 0);
}

const stores: readonly (readonly [string, (t: TestContext) => Promise<Opened>])[] = [
  ['LMDB', async (t) => openLmdb(await openTemporary(t))],
  ['memory', async () => ({ store: createMemorySenderStore({ key }), write: async (act) => act() })]
]

/** What the counts must be: each sender's profile counted from nothing. */
function recount(store: SenderStore, senders: readonly string[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const sender of senders.map((id) => store.keyOf(id))) {
    const { profile } = store.snapshot(sender, monday9)
    eachChange(emptyProfile(), profile, domainOf(sender), (kind, one, by) => {
      const place = `${kind} ${one}`
      sums.set(place, (sums.get(place) ?? 0) + by)
    })
  }
  return sums
}

function links(priors: Priors, domain: string): number {
  return priors.counts.count('links', compactHash(domain))
}

for (const [name, open] of stores) {
  test(`${name}: after learning, un-learning, rewinding and erasing, the counts are those of the profiles`, async (t) => {
    const opened = await open(t)
    const { store, write } = opened
    const random = seeded(11)
    const senders = Array.from({ length: 6 }, (_, index) => `p${index}@d${index % 2}.example`)
    const touched = new Set<string>()
    const visit = (kind: string, one: number): void => void touched.add(`${kind} ${one}`)
    await write(() => {
      for (let index = 0; index < 90; index += 1) {
        const sender = store.keyOf(senders[index % 6] ?? '')
        store.learn(sender, `m${index}`, variedObservation(random, index), { confirmed: true })
        eachChange(emptyProfile(), store.snapshot(sender, monday9).profile, domainOf(sender), visit)
      }
    })
    await write(() => store.unlearn(store.keyOf(senders[0] ?? ''), ['m0', 'm12', 'm84']))
    await write(() => store.rewind(store.keyOf(senders[1] ?? ''), monday9 + 60 * 180 * minute))
    for (let left = 1; left > 0;) left = await write(() => store.erase(store.keyOf(senders[2] ?? '')))
    await mergeAll(opened)

    const expected = recount(store, senders)
    for (const place of touched) {
      const [kind, one] = place.split(' ')
      const found = store.priors.counts.count(
        countedKinds.find((each) => each === kind) ?? 'links',
        Number(one)
      )
      assert.equal(found, expected.get(place) ?? 0, place)
    }
    assert.equal(store.priors.counts.count('values', sendersKey), 5)
  })
}

test('what a sender is taught is unknown to the neighbours until the next merge', async (t) => {
  const opened = openLmdb(await openTemporary(t))
  const { store, write } = opened
  await write(() =>
    store.learn(store.keyOf('ann@x.example'), 'm1', observation({ links: ['new.example'] }), {
      confirmed: true
    })
  )
  assert.equal(links(store.priors, 'new.example'), 0)
  assert.equal(store.priors.counts.version(), 0)

  await mergeAll(opened)

  assert.equal(links(store.priors, 'new.example'), 1)
  assert.equal(store.priors.counts.version(), 1)
})

function learn({ store, write }: Opened, sender: string): Promise<void> {
  const message = observation({ links: ['shared.example'] })
  return write(() => store.learn(store.keyOf(sender), sender, message, { confirmed: true }))
}

test('the counts outlive a crash: merged and kept, merged but not kept, or only noted', async (t) => {
  const storage = await openTemporary(t)
  const first = openLmdb(storage)
  await learn(first, 'ann@x.example')
  await mergeAll(first)
  await learn(first, 'bob@x.example')
  first.store.priors.merge()
  assert.equal(links(first.store.priors, 'shared.example'), 2)
  await learn(first, 'eve@x.example')

  const second = openLmdb(storage)
  assert.equal(links(second.store.priors, 'shared.example'), 1)
  await mergeAll(second)
  assert.equal(links(second.store.priors, 'shared.example'), 3)
  assert.equal(links(openLmdb(storage).store.priors, 'shared.example'), 3)
})

test('what a failed transaction taught is never counted', async (t) => {
  const opened = openLmdb(await openTemporary(t))
  const { store, write } = opened
  const failing = write(() => {
    store.learn(store.keyOf('ann@x.example'), 'm1', observation({ links: ['new.example'] }), {
      confirmed: true
    })
    throw new Error('the message could not be stored')
  })
  await assert.rejects(failing)
  await mergeAll(opened)

  assert.equal(links(store.priors, 'new.example'), 0)
})

test('senders of one domain share its number, and who has none has 0', () => {
  const store = createMemorySenderStore({ key })
  const keyOf = (id: string): string => store.keyOf(id)

  assert.equal(domainOf(keyOf('ann@x.example')), domainOf(keyOf('bob@x.example')))
  assert.notEqual(domainOf(keyOf('ann@x.example')), domainOf(keyOf('ann@y.example')))
  assert.equal(domainOf(keyOf('ann')), 0)
  assert.ok(!keyOf('ann@x.example').includes('x.example'))
})
