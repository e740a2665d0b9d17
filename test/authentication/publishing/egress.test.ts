import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waysOut, waysTo } from '../../../service/delivery/routes/exits.ts'
import type { DeliveryRoute } from '../../../service/delivery/routes/route.ts'
import { zone } from '../../delivery/zone.ts'

const hostname = 'mx.example.org'
const route: DeliveryRoute = {
  name: 'out',
  kind: 'mx',
  port: 25,
  tls: 'opportunistic',
  allowPrivate: false,
  domains: []
}
const resolve = zone({ [hostname]: { A: ['203.0.113.25', '10.0.0.1'], AAAA: ['2001:db8:1::25'] } })

const rows = [
  ['the configured address', { sourceAddress: '203.0.113.7' }, ['203.0.113.7'], 'configuration'],
  [
    'without one, the public addresses of the HELO name',
    {},
    ['203.0.113.25', '2001:db8:1::25'],
    'the address of the HELO name'
  ],
  [
    'behind address translation, those of the same family',
    { sourceAddress: '192.168.1.2' },
    ['203.0.113.25'],
    'the address of the HELO name'
  ],
  ['a HELO name without addresses', { ehlo: 'nowhere.example.org' }, null, 'unknown'],
  ['a smart host', { kind: 'smarthost', host: 'relay.example.net' }, null, 'unknown']
] as const

for (const [name, changes, addresses, from] of rows) {
  test(`where receivers see us come from: ${name}`, async () => {
    const [way] = await waysOut({ routes: [{ ...route, ...changes }], hostname, resolve })
    assert.deepEqual([way?.addresses, way?.from], [addresses, from])
  })
}

test('beside a route for some domains there is the way straight to the exchangers', async () => {
  const routes = [{ ...route, name: 'partner', domains: ['partner.example'] }]
  const names = (await waysOut({ routes, hostname, resolve })).map((way) => way.route)
  assert.deepEqual(names, ['partner', 'direct'])
  const to = await waysTo(['partner.example', 'other.example'], { routes, hostname, resolve })
  assert.deepEqual(
    to.map((way) => way.route),
    ['partner', 'direct']
  )
})
