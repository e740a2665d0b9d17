import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConnectionLimits } from '../../../../service/doors/smtp/bounds/connection-limits.ts'
import { networkOf } from '../../../../service/doors/smtp/bounds/network-of.ts'

const options = { maxConnections: 4, maxPerAddress: 2, maxPerNetwork: 3, maxPerUser: 1 }

test('connections are counted over all ports, by address and by network', () => {
  const limits = createConnectionLimits(options)
  const first = {}
  assert.equal(limits.admit(first, '192.0.2.1'), 'admitted')
  assert.equal(limits.admit({}, '192.0.2.1'), 'admitted')
  assert.equal(limits.admit({}, '192.0.2.1'), 'too-many-from-address')
  assert.equal(limits.admit({}, '192.0.2.2'), 'admitted')
  assert.equal(limits.admit({}, '192.0.2.3'), 'too-many-from-network')
  assert.equal(limits.isTight, false)
  assert.equal(limits.admit({}, '198.51.100.1'), 'admitted')
  assert.equal(limits.isTight, true)
  assert.equal(limits.admit({}, '203.0.113.1'), 'too-many')
  limits.leave(first)
  limits.leave({})
  assert.equal(limits.open, 3)
  assert.equal(limits.admit({}, '192.0.2.1'), 'admitted')
})

test('a relay of ours may have half of all connections, whoever it sends for', () => {
  const limits = createConnectionLimits({ ...options, maxConnections: 8, maxPerAddress: 1, maxPerNetwork: 1 })
  for (let count = 0; count < 4; count += 1) assert.equal(limits.admit({}, '192.0.2.1', true), 'admitted')
  assert.equal(limits.admit({}, '192.0.2.1', true), 'too-many-from-address')
})

test('a user may have so many connections, wherever from', () => {
  const limits = createConnectionLimits(options)
  const [one, two] = [{}, {}]
  limits.admit(one, '192.0.2.1')
  limits.admit(two, '198.51.100.1')
  assert.equal(limits.claimUser(one, 'alice'), true)
  assert.equal(limits.claimUser(two, 'alice'), false)
  limits.leave(one)
  assert.equal(limits.claimUser(two, 'alice'), true)
})

test('a network is a /24 or a /64, however it is written', () => {
  const cases = {
    '192.0.2.77': '192.0.2.0/24',
    '2001:db8::1': '2001:db8:0:0::/64',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:DB8:1:2::': '2001:db8:1:2::/64',
    '::1': '0:0:0:0::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    nonsense: 'nonsense'
  }
  for (const [ip, network] of Object.entries(cases)) assert.equal(networkOf(ip), network)
})
