import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameIn, toClient, toPaths } from '../../../../service/doors/callouts/json-hooks/from-json.ts'

const unknown = { ip: null, helo: null, port: null, tls: null }

const clients = [
  [{}, unknown],
  [{ ip: null, helo: '', port: null, tls: null }, unknown],
  [{ ip: '::ffff:203.0.113.7' }, { ...unknown, ip: '203.0.113.7' }],
  [{ ip: '2001:db8::1' }, { ...unknown, ip: '2001:db8::1' }],
  [{ ip: 'localhost' }, unknown],
  [{ port: 0 }, unknown],
  [{ port: 25.5 }, unknown],
  [{ port: 70_000 }, unknown],
  [{ port: 52_311 }, { ...unknown, port: 52_311 }],
  [{ helo: `a\r\nb${'x'.repeat(300)}` }, { ...unknown, helo: `ab${'x'.repeat(251)}` }],
  [{ tls: { version: '', cipher: 'x' } }, unknown],
  [{ tls: { version: 'TLSv1.3' } }, { ...unknown, tls: { version: 'TLSv1.3', cipher: null } }]
] as const

for (const [told, known] of clients)
  test(`of the client ${JSON.stringify(told).slice(0, 60)} what it can be is known`, () => {
    assert.deepEqual(toClient(told), known)
  })

test('a name is taken whole or not at all', () => {
  assert.deepEqual(
    ['alice', 'x'.repeat(5), 'x'.repeat(6), 'a\u0000', '', null, undefined, '\ud800'].map((text) =>
      nameIn(text, 5)
    ),
    ['alice', 'xxxxx', null, null, null, null, null, null]
  )
})

test('a sender that is empty, null or missing is the null sender', () => {
  for (const from of [{ address: '' }, { address: null }, {}, null, undefined])
    assert.deepEqual(toPaths({ from, to: [{ address: 'b@example.net' }, {}] }), {
      mailFrom: '',
      rcptTo: ['b@example.net', '']
    })
  assert.deepEqual(toPaths(null), { mailFrom: '', rcptTo: [] })
})
