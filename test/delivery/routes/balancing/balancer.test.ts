import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { createBalancer } from '../../../../service/delivery/routes/balancing/balancer.ts'
import type { Candidate } from '../../../../service/delivery/routes/balancing/candidate.ts'
import { pickByHash } from '../../../../service/delivery/routes/balancing/consistent-hashing.ts'

type Pool = readonly [Candidate, ...Candidate[]]

const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 })

test('round robin gives each route its share by weight, never more than a few jobs off', () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 300 }), (list, jobs) => {
      const pool = poolOf(list)
      const balancer = createBalancer('weighted-round-robin', () => 0)
      const counts = new Map(pool.map(({ name }) => [name, 0]))
      for (let job = 0; job < jobs; job += 1) {
        const { name, weight } = balancer.pick(pool, '')
        balancer.took(name, weight)
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      const all = list.reduce((sum, weight) => sum + weight, 0)
      for (const { name, weight } of pool) {
        const share = (jobs * weight) / all
        assert.ok(Math.abs((counts.get(name) ?? 0) - share) <= pool.length, `${counts.get(name)} of ${share}`)
      }
    })
  )
})

test('a route that was away gets its turn again, and does not catch up', () => {
  const [a, b] = [candidate('a'), candidate('b')]
  const balancer = createBalancer('weighted-round-robin', () => 0)
  const next = (pool: Pool): string => {
    const { name, weight } = balancer.pick(pool, '')
    balancer.took(name, weight)
    return name
  }
  for (let job = 0; job < 100; job += 1) next([a])
  const names = Array.from({ length: 10 }, () => next([a, b]))
  const late = names.filter((name) => name === 'b').length
  assert.ok(late >= 4 && late <= 6, names.join(''))
})

test('the fewest open jobs for its weight decide, and turns between equals', () => {
  const balancer = createBalancer('least-outstanding', () => 0)
  const busy = candidate('busy', { outstanding: 3 })
  assert.equal(balancer.pick([busy, candidate('free', { outstanding: 2 })], '').name, 'free')
  assert.equal(
    balancer.pick([{ ...busy, weight: 2 }, candidate('free', { outstanding: 2 })], '').name,
    'busy'
  )
  const names = Array.from({ length: 4 }, () => {
    const { name, weight } = balancer.pick([candidate('a'), candidate('b')], '')
    balancer.took(name, weight)
    return name
  })
  assert.deepEqual(names.toSorted(), ['a', 'a', 'b', 'b'])
})

test('of two routes the one that will be done sooner is taken, whatever chance says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 2 }),
      (chances) => {
        const left = [...chances]
        const balancer = createBalancer('power-of-two', () => left.shift() ?? 0)
        const pool = [
          candidate('slow', { latencyMs: 900 }),
          candidate('quick', { latencyMs: 30, outstanding: 5 })
        ] as const
        assert.equal(balancer.pick(pool, '').name, 'quick')
      }
    )
  )
})

test('a key stays where it is; when a route goes only its keys move, and not more than its share', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), (size, salt) => {
      const pool = poolOf(Array.from({ length: size }, () => 1))
      const [, second, ...others] = pool
      assert.ok(second)
      const rest: Pool = [second, ...others]
      const keys = Array.from({ length: 400 }, (_, at) => `${salt}-${at}.example`)
      const moved = keys.filter((key) => pickByHash(pool, key).name !== pickByHash(rest, key).name)
      assert.ok(moved.every((key) => pickByHash(pool, key) === pool[0]))
      // Five standard deviations of a binomial count
      const share = keys.length / size
      assert.ok(moved.length <= share + 5 * Math.sqrt(share * (1 - 1 / size)), `${moved.length} of ${share}`)
    }),
    { numRuns: 20 }
  )
})

test('hashing respects weights', () => {
  const pool = poolOf([3, 1])
  const keys = Array.from({ length: 2_000 }, (_, at) => `user${at}@example.org`)
  const heavy = keys.filter((key) => pickByHash(pool, key) === pool[0]).length
  assert.ok(heavy > 1_400 && heavy < 1_600, String(heavy))
})

function poolOf(list: readonly number[]): Pool {
  const [first, ...others] = list.map((weight, at) => candidate(`route-${at}`, { weight }))
  assert.ok(first)
  return [first, ...others]
}

function candidate(name: string, more: Partial<Candidate> = {}): Candidate {
  return { name, weight: 1, outstanding: 0, latencyMs: null, ...more }
}
