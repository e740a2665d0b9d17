import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  keyRecordsOf,
  makeGeneration,
  type DomainKeys
} from '../../../service/authentication/dkim/domain-keys.ts'
import {
  advance,
  keepMs,
  settleMs,
  type RotationOptions,
  type RotationStep
} from '../../../service/authentication/dkim/rotation.ts'
import { now } from '../keys.ts'

/** Ed25519 alone: quick to make. */
const choice = { selector: 'key', algorithm: 'ed25519-sha256' } as const
const none: DomainKeys = { version: 1, domain: 'example.org', generations: [] }

/** Keys, a clock and a zone that the test moves. */
const makeKey: RotationOptions['make'] = (number, at) => makeGeneration(number, choice, at)

interface House {
  readonly keys: DomainKeys
  readonly wait: (ms: number) => void
  readonly publish: () => void
  readonly states: () => readonly string[]
  readonly step: (options?: { begin?: boolean; hurry?: boolean }) => Promise<RotationStep>
}

function house(): House {
  let keys = none
  let clock = now
  const published = new Set<string>()
  const missing: RotationOptions['missing'] = (records) =>
    Promise.resolve(records.filter(({ name }) => !published.has(name)))
  return {
    get keys() { return keys },
    wait: (ms: number) => void (clock += ms),
    publish: () => {
      for (const generation of keys.generations)
        for (const { name } of keyRecordsOf(keys.domain, generation)) published.add(name)
    },
    states: () => keys.generations.map(({ number, state }) => `${number} ${state}`),
    step: async ({ begin = true, hurry = false } = {}) => {
      const advanced = await advance(keys, { now: clock, begin, hurry, missing, make: makeKey })
      keys = advanced.keys
      return advanced.step
    }
  } // prettier-ignore
}

test('the first keys are made, wait for DNS, and sign as soon as they are there', async () => {
  const { step, publish, states } = house()
  assert.equal((await step({ begin: false })).kind, 'made')
  assert.equal((await step({ begin: false })).kind, 'unpublished')
  assert.deepEqual(states(), ['1 prepared'])
  publish()
  assert.equal((await step({ begin: false })).kind, 'activated')
  assert.deepEqual(states(), ['1 active'])
  assert.equal((await step({ begin: false })).kind, 'active')
})

test('a rotation goes from prepared to published to active, and keeps the old keys while their mail may be under way', async () => {
  const one = house()
  await one.step()
  one.publish()
  await one.step()
  assert.equal((await one.step()).kind, 'made')
  assert.deepEqual(one.states(), ['1 active', '2 prepared'])
  one.publish()
  assert.equal((await one.step()).kind, 'published')
  assert.deepEqual(one.states(), ['1 active', '2 published'])
  one.wait(settleMs - 1)
  assert.equal((await one.step()).kind, 'published')
  one.wait(1)
  assert.equal((await one.step()).kind, 'activated')
  assert.deepEqual(one.states(), ['1 retired', '2 active'])
  one.wait(keepMs - 1)
  assert.equal((await one.step()).kind, 'keeping')
  one.wait(1)
  const removed = await one.step()
  assert.ok(removed.kind === 'removed')
  assert.deepEqual(removed.names, ['key1-ed._domainkey.example.org'])
  assert.deepEqual(one.states(), ['1 removed', '2 active'])
})

test('the same step again changes nothing', async () => {
  const one = house()
  await one.step()
  const before = one.keys
  await one.step()
  await one.step()
  assert.equal(one.keys, before)
})

test('keys whose records vanish before their turn do not sign', async () => {
  const one = house()
  await one.step()
  one.publish()
  await one.step()
  await one.step()
  one.wait(settleMs)
  assert.equal((await one.step()).kind, 'unpublished')
  assert.deepEqual(one.states(), ['1 active', '2 prepared'])
})

test('in a hurry the new keys wait for DNS alone, and the old ones are destroyed with the step after it', async () => {
  const one = house()
  await one.step()
  one.publish()
  await one.step()
  await one.step()
  assert.equal((await one.step({ hurry: true })).kind, 'unpublished')
  one.publish()
  assert.equal((await one.step({ hurry: true })).kind, 'activated')
  assert.equal((await one.step({ hurry: true })).kind, 'removed')
  const [old] = one.keys.generations
  assert.deepEqual(
    old?.keys.map(({ privateKey }) => privateKey),
    ['']
  )
})

test('selectors are never used twice, and what is left of old keys is bounded', async () => {
  const one = house()
  const seen: string[] = []
  for (let round = 0; round < 8; round += 1) {
    const made = await one.step({ hurry: true })
    assert.ok(made.kind === 'made')
    seen.push(...made.generation.keys.map(({ selector }) => selector))
    one.publish()
    await one.step({ hurry: true })
    if (round > 0) await one.step({ hurry: true })
  }
  assert.equal(new Set(seen).size, 8)
  assert.ok(one.keys.generations.length <= 4)
})
