import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askBlocklist } from '../../../service/delivery/blocklists/ask-blocklist.ts'
import { createBlocklistWatch } from '../../../service/delivery/blocklists/blocklist-watch.ts'
import { createDemoteRoutes } from '../../../service/delivery/blocklists/demote-routes.ts'
import { listedName } from '../../../service/delivery/blocklists/listed-name.ts'
import { createOperatorStates } from '../../../service/delivery/routes/operator-states.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { zone, type Zone } from '../zone.ts'

const list = 'bl.example.net'
const first = '192.0.2.1'
const second = '198.51.100.7'
const listedZone: Zone = { '1.2.0.192.bl.example.net': { A: ['127.0.0.2'], TXT: [['spam', ' seen']] } }
const noAnswer: Zone = { '1.2.0.192.bl.example.net': { A: 'ETIMEOUT' } }
const refusing: Zone = { '1.2.0.192.bl.example.net': { A: ['127.255.255.254'] } }
const ways = [
  { route: 'one', address: first },
  { route: 'two', address: second }
]

test('an address stands under its octets, or its nibbles, the last first', () => {
  assert.equal(listedName(first, list), '1.2.0.192.bl.example.net')
  const v6 = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example.net'
  assert.equal(listedName('2001:db8::1', list), v6)
  assert.equal(listedName('2001:0DB8:0:0:0:0:0:1', list), v6)
  assert.equal(listedName('::192.0.2.1', list)?.startsWith('1.0.2.0.0.0.0.c.'), true)
  assert.equal(listedName('not an address', list), null)
})

const ask = (records: Zone) => askBlocklist(first, list, zone(records))

test('a list names an address, does not, refuses the question, lies, or is silent', async () => {
  assert.deepEqual(await ask(listedZone), { kind: 'listed', codes: ['127.0.0.2'], why: 'spam seen' })
  assert.deepEqual(await ask({}), { kind: 'clean' })
  assert.deepEqual(await ask(refusing), { kind: 'refused', code: '127.255.255.254' })
  assert.deepEqual(await ask({ '1.2.0.192.bl.example.net': { A: ['203.0.113.9'] } }), {
    kind: 'refused',
    code: '203.0.113.9'
  })
  assert.deepEqual(await ask(noAnswer), { kind: 'unanswered', code: 'ETIMEOUT' })
})

function openWatch(zones: readonly string[] = [list]) {
  let records: Zone = {}
  let questions = 0
  const metrics = createMetrics()
  const states = createOperatorStates()
  const demote = createDemoteRoutes({ states, routes: ['one', 'two'], clock: () => 0, log: silentLogger })
  const watch = createBlocklistWatch({
    zones,
    intervalMs: 60_000,
    addresses: () => Promise.resolve(ways),
    resolve: (name, type) => {
      questions += 1
      return zone(records)(name, type)
    },
    clock: () => 0,
    log: silentLogger,
    metrics,
    onLooked: demote
  })
  const look = async (next: Zone): Promise<void> => {
    records = next
    await watch.look()
  }
  return { watch, metrics, states, look, questions: () => questions }
}

test('a listing raises the alarm and demotes its route until it ends', async () => {
  const { watch, metrics, states, look } = openWatch()
  await look(listedZone)

  assert.equal(watch.fault(), '192.0.2.1 is listed by bl.example.net')
  assert.match(
    await metrics.render(),
    /sluice_blocklist_listed\{address="192.0.2.1",zone="bl.example.net"\} 1/u
  )
  const { state, why, by } = states.get('one')
  assert.deepEqual([state, why, by], ['demoted', '192.0.2.1 is listed by bl.example.net', 'blocklists'])
  assert.equal(states.get('two').state, 'active')

  await look({})
  assert.equal(watch.fault(), null)
  assert.equal(states.get('one').state, 'active')
})

test('a refused question is a fault of ours and no listing, and ends none', async () => {
  const { watch, states, look } = openWatch()
  await look(refusing)
  assert.equal(watch.listings().length, 0)
  assert.equal(watch.fault(), 'bl.example.net does not answer us')

  await look(listedZone)
  await look(noAnswer)
  assert.equal(watch.listings().length, 1)
  assert.equal(states.get('one').state, 'demoted')
})

test('what a person decided about a route stays, and where all are listed none is demoted', async () => {
  const { states, look } = openWatch()
  await states.set('one', { state: 'paused', why: 'moving', by: 'token', at: 0 })
  await look(listedZone)
  assert.equal(states.get('one').state, 'paused')

  const both = openWatch()
  await both.look({ ...listedZone, '7.100.51.198.bl.example.net': { A: ['127.0.0.2'] } })
  assert.deepEqual([both.states.get('one').state, both.states.get('two').state], ['active', 'active'])
})

test('without a list nobody is asked', async () => {
  const { watch, questions } = openWatch([])
  watch.start()
  await watch.close()
  assert.equal(questions(), 0)
})
