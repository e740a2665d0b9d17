import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSites, siteKey } from '../../../service/delivery/hosts/sites.ts'
import { zone } from '../zone.ts'

const google = [
  { exchange: 'Alt1.ASPMX.example', priority: 5 },
  { exchange: 'aspmx.example', priority: 1 }
]

test('domains with the same exchangers share a site, whatever their order and preferences', async () => {
  const sites = createSites({
    resolveRecords: zone({
      'a.test': { MX: google },
      'b.test': { MX: google.toReversed().map((one) => ({ ...one, priority: 10 })) },
      'c.test': { MX: google.slice(1) },
      'd.test': { A: ['192.0.2.1'] }
    }),
    clock: () => 0
  })
  const [a, b, c, d] = await Promise.all(
    ['a.test', 'b.test', 'c.test', 'd.test'].map((one) => sites.siteOf(one))
  )
  assert.equal(a, 'alt1.aspmx.example,aspmx.example')
  assert.equal(b, a)
  assert.deepEqual([c, d], ['aspmx.example', 'd.test'])
  assert.deepEqual([sites.known('a.test'), sites.known('e.test')], [a, null])
})

test('a site is looked up once in half an hour, and a name server that fails changes nothing', async () => {
  let now = 0
  let asked = 0
  let fails = false
  const sites = createSites({
    resolveRecords: () => {
      asked += 1
      return fails ? Promise.reject(new Error('no answer')) : Promise.resolve(google)
    },
    clock: () => now
  })
  const first = await sites.siteOf('a.test')
  await sites.siteOf('a.test')
  assert.equal(asked, 1)
  now = 30 * 60_000
  fails = true
  assert.equal(await sites.siteOf('a.test'), first)
  assert.equal(asked, 2)
  assert.equal(await sites.siteOf('other.test'), 'other.test')
})

test('no more domains are remembered than allowed', async () => {
  const sites = createSites({ resolveRecords: () => Promise.resolve(google), clock: () => 0, maxEntries: 2 })
  for (const domain of ['a.test', 'b.test', 'c.test']) await sites.siteOf(domain)
  assert.deepEqual([sites.known('a.test'), sites.known('c.test')?.includes('aspmx')], [null, true])
})

test('a long list of exchangers has a short key, and what is no exchanger counts for nothing', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ exchange: `mx${at}.b.test`, priority: at }))
  assert.match(siteKey('b.test', many), /^[0-9a-f]{32}$/u)
  assert.equal(siteKey('b.test', [{ exchange: '.' }, null, 7, 'x']), 'b.test')
})
