import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLookups } from '../../../service/authentication/spf/count-lookups.ts'
import { zone } from '../../delivery/zone.ts'
import { texts } from '../verify.ts'

const records = {
  'b.test': 'v=spf1 a mx exists:%{i}.x.test -all',
  'loop.test': 'v=spf1 include:pool.test -all',
  'pool.test': 'v=spf1 include:loop.test -all'
}
const resolve = zone({
  ...texts(records),
  'double.test': { TXT: [['v=spf1 -all'], ['v=spf1 +all']] },
  'dead.test': { TXT: 'ESERVFAIL' }
})

const cases = [
  ['v=spf1 ip4:192.0.2.1 -all', { lookups: 0, broken: [], unanswered: [] }],
  ['v=spf1 include:b.test -all', { lookups: 4, broken: [], unanswered: [] }],
  ['v=spf1 redirect=b.test', { lookups: 4, broken: [], unanswered: [] }],
  ['v=spf1 include:pool.test -all', { lookups: 3, broken: ['pool.test'], unanswered: [] }],
  ['v=spf1 include:nowhere.test -all', { lookups: 1, broken: ['nowhere.test'], unanswered: [] }],
  ['v=spf1 include:double.test -all', { lookups: 1, broken: ['double.test'], unanswered: [] }],
  ['v=spf1 include:dead.test -all', { lookups: 1, broken: [], unanswered: ['dead.test'] }],
  ['v=spf1 include:%{d}.other.test -all', { lookups: 1, broken: [], unanswered: [] }],
  ['v=spf1 A MX PTR -all', { lookups: 3, broken: [], unanswered: [] }]
] as const

for (const [text, expected] of cases) {
  test(`look-ups of "${text}"`, async () => {
    assert.deepEqual(await countLookups('loop.start', text, resolve), expected)
  })
}

test('a tree that grows without end is not walked without end', async () => {
  let asked = 0
  const growing = async (name: string) => {
    asked += 1
    return [[`v=spf1 include:a.${name} include:b.${name} include:c.${name} -all`]]
  }
  const { lookups } = await countLookups('x.test', 'v=spf1 include:y.test include:z.test -all', growing)
  assert.ok(lookups > 10)
  assert.ok(asked < 100)
})
