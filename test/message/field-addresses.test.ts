import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { fieldAddresses } from '../../service/message/field-addresses.ts'

const cases: readonly (readonly [value: string, addresses: readonly string[], problem: string | null])[] = [
  ['alice@example.org', ['alice@example.org'], null],
  ['Alice <alice@example.org>', ['alice@example.org'], null],
  ['"Alice, of Sales" <alice@example.org>', ['alice@example.org'], null],
  ['a@one.example, "B" <b@two.example>', ['a@one.example', 'b@two.example'], null],
  ['Friends: a@one.example, <b@two.example>; c@three.example', ['a@one.example', 'b@two.example', 'c@three.example'], null],
  ['alice (or (nested) not) @ example.org (work)', ['alice@example.org'], null],
  ['"al ice"@example.org', ['"al ice"@example.org'], null],
  ['<@one.example,@two.example:alice@example.org>', ['alice@example.org'], null],
  ['alice@[IPv6:2001:db8::1]', ['alice@[IPv6:2001:db8::1]'], null],
  ['ünï@bücher.example', ['ünï@bücher.example'], null],
  // What is shown is a name, however much it looks like an address
  ['"alice@example.org" <mallory@evil.example>', ['mallory@evil.example'], null],
  ['=?utf-8?q?alice=40example.org?= <mallory@evil.example>', ['mallory@evil.example'], null],
  // Readers differ here: both count
  ['alice@example.org <mallory@evil.example>', ['mallory@evil.example', 'alice@example.org'], null],
  ['<mallory@evil.example> <alice@example.org>', ['mallory@evil.example', 'alice@example.org'], null],
  ['mallory@evil.example, alice@example.org', ['mallory@evil.example', 'alice@example.org'], null],
  ['Alice alice@example.org', ['Alicealice@example.org', 'alice@example.org'], null],
  // What names nobody, or cannot be read
  ['', [], 'it names no address'],
  ['<>', [], 'it names no address'],
  ['undisclosed-recipients:;', [], 'it names no address'],
  ['"alice@example.org"', [], 'it names no address'],
  ['(alice@example.org)', [], 'it names no address'],
  ['alice@example.org\0<mallory@evil.example>', [], 'it holds control characters'],
  ['"Alice <alice@example.org>', [], 'a quoted string does not end'],
  ['(Alice <alice@example.org>', [], 'a comment does not end'],
  ['<alice@example.org', [], 'an angle bracket does not close'],
  ['<alice@example.org <mallory@evil.example>>', [], 'an angle bracket stands inside another'],
  ['alice@example.org>', [], 'a bracket was never opened'],
  ['=?utf-8?q?alice=40example.org=00?=@evil.example', ['=?utf-8?q?alice=40example.org=00?=@evil.example'], 'an address is encoded']
] // prettier-ignore

for (const [value, addresses, problem] of cases) {
  test(`From: ${JSON.stringify(value)} names ${addresses.join(' and ') || 'nobody'}`, () => {
    assert.deepEqual(fieldAddresses(value), { addresses, problem })
  })
}

test('whatever stands in a field, it is read in linear time and never names an address that is not in it', () => {
  const pieces = fc.constantFrom(
    '"',
    '\\',
    '(',
    ')',
    '<',
    '>',
    ',',
    ';',
    ':',
    '@',
    ' ',
    '\t',
    '[',
    ']',
    '=?',
    '?=',
    'a',
    'é',
    'x.y'
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const value = parts.join('')
      const { addresses, problem } = fieldAddresses(value)
      assert.ok(addresses.length > 0 || problem !== null)
      for (const address of addresses) assert.ok(isWithin(address, value), `${address} in ${value}`)
    })
  )
  const startedAt = performance.now()
  for (const sign of ['(', '"', '<', ',', 'a@b.c ', '\\"', '[:'])
    fieldAddresses(sign.repeat(60_000 / sign.length))
  assert.ok(performance.now() - startedAt < 2_000)
})

test('a field with a thousand addresses and more is not believed', () => {
  const many = Array.from({ length: 1_001 }, (_, index) => `a${index}@example.org`)
  assert.equal(fieldAddresses(many.join(',')).problem, 'it names too many addresses')
  assert.equal(fieldAddresses('a'.repeat(70_000)).problem, 'it is too long')
})

/** Its characters stand in the text in this order: comments and blanks may stand between. */
function isWithin(address: string, text: string): boolean {
  let at = 0
  for (const sign of address) {
    at = text.indexOf(sign, at) + 1
    if (at === 0) return false
  }
  return true
}
