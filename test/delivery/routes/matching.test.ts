import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMatcher, type Mail } from '../../../service/delivery/routes/matching.ts'
import type { DeliveryRoute } from '../../../service/delivery/routes/route.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'

const routes: readonly DeliveryRoute[] = [
  routeTo(25, { name: 'rest', pool: 'cloud' }),
  routeTo(25, { name: 'rest-2', pool: 'cloud' }),
  routeTo(25, { name: 'not-for-bulk', pool: 'cloud', labels: ['urgent', 'normal'] }),
  routeTo(25, { name: 'jp', domains: ['*.jp'], fallback: 'rest' }),
  routeTo(25, { name: 'example-jp', domains: ['*.example.jp', 'example.jp'] }),
  routeTo(25, { name: 'bulk', labels: ['bulk'] }),
  routeTo(25, { name: 'alice', senders: ['alice@example.org'] }),
  routeTo(25, { name: 'org', senders: ['example.org'], domains: ['example.net'] })
]
const { waysOf, possible } = createMatcher(routes, [
  { name: 'cloud', algorithm: 'least-outstanding', fallback: 'jp' }
])

const cases: readonly [string, Mail, readonly string[], string | null][] = [
  [
    'everything else goes to the pool, by whoever of it takes it',
    mail(),
    ['rest', 'rest-2', 'not-for-bulk'],
    'jp'
  ],
  ['an exact domain is closer than a pattern', mail({ domain: 'example.jp' }), ['example-jp'], null],
  ['the longer of two patterns is closer', mail({ domain: 'a.example.jp' }), ['example-jp'], null],
  ['a pattern means every name below', mail({ domain: 'other.jp' }), ['jp'], 'rest'],
  ['a domain is closer than a label', mail({ domain: 'other.jp', label: 'bulk' }), ['jp'], 'rest'],
  ['a label is closer than nothing', mail({ label: 'bulk' }), ['bulk'], null],
  [
    'a sender goes before a domain',
    mail({ sender: 'Alice@example.org', domain: 'example.jp' }),
    ['alice'],
    null
  ],
  [
    'an address goes before its domain',
    mail({ sender: 'alice@example.org', domain: 'example.net' }),
    ['alice'],
    null
  ],
  [
    'all conditions of a route hold together',
    mail({ sender: 'bob@example.org' }),
    ['rest', 'rest-2', 'not-for-bulk'],
    'jp'
  ],
  ['and then it is chosen', mail({ sender: 'bob@example.org', domain: 'example.net' }), ['org'], null]
]

for (const [sentence, given, names, fallback] of cases)
  test(sentence, () => {
    const ways = waysOf(given)
    assert.deepEqual(
      ways.routes.map(({ name }) => name),
      names
    )
    assert.equal(ways.fallback?.name ?? null, fallback)
  })

test('mail that no route takes goes straight to the exchangers', () => {
  const none = createMatcher([routeTo(25, { domains: ['example.jp'] })], [])
  assert.deepEqual(
    none.waysOf(mail()).routes.map(({ name }) => name),
    ['direct']
  )
})

test('what may be chosen for a domain is known without knowing the sender', () => {
  const names = possible('example.net', 'normal').map(({ name }) => name)
  assert.deepEqual(names.toSorted(), ['alice', 'jp', 'not-for-bulk', 'org', 'rest', 'rest-2'])
})

function mail(more: Partial<Mail> = {}): Mail {
  return { sender: 'carol@example.com', domain: 'example.com', label: 'normal', ...more }
}
