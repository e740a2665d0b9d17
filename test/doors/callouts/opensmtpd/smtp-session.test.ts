import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSession, noteReport } from '../../../../service/doors/callouts/opensmtpd/smtp-session.ts'

function told(event: string, rest: string, version = '0.7') {
  const session = newSession()
  noteReport(session, { kind: 'report', version, event, session: '5e55', rest })
  return session
}

const logins = [
  ['0.6', 'alice|pass', 'alice'],
  ['0.6', 'al|ice|pass', 'al|ice'],
  ['0.6', 'alice|fail', null],
  ['0.6', 'pass|fail', null],
  ['0.7', 'pass|alice', 'alice'],
  ['0.7', 'pass|al|ice', 'al|ice'],
  ['0.7', 'error|alice', null],
  ['0.7', 'fail|pass', null],
  ['0.8', 'pass|alice', 'alice'],
  ['0.7', '', null]
] as const

for (const [version, rest, user] of logins)
  test(`link-auth ${rest} of protocol ${version} names ${user ?? 'nobody'}`, () => {
    assert.equal(told('link-auth', rest, version).user, user)
  })

const places = [
  ['192.0.2.7:40123', '192.0.2.7', 40_123],
  ['[2001:db8::7]:25', '2001:db8::7', 25],
  ['2001:db8::7:25', '2001:db8::7', 25],
  ['unix:/var/run/smtpd.sock', null, null],
  ['', null, null]
] as const

for (const [source, ip, port] of places)
  test(`a client from ${source || 'nowhere'} is ${ip ?? 'not known'}`, () => {
    const { client } = told('link-connect', `rdns.test|pass|${source}|192.0.2.1:587`)
    assert.deepEqual([client.ip, client.port], [ip, port])
  })

test('an address may hold bars', () => {
  assert.deepEqual(told('tx-rcpt', 'ea8efa6a|ok|"x|y"@b.test').transaction.rcptTo, ['"x|y"@b.test'])
})

test('events that are not known are passed over', () => {
  for (const event of ['tx-envelope', 'timeout', 'toString', '__proto__'])
    assert.deepEqual(told(event, 'whatever'), newSession())
})
