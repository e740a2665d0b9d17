import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { identityValue, takeIdentity } from '../../service/message/identity-header.ts'

const header = { name: 'x-user', pattern: null }

function identityIn(lines: readonly string[]): string | null {
  return takeIdentity(Buffer.from([...lines, '', 'body'].join('\r\n')), header, true).identity
}

test('a name with blanks, without end, or broken over lines names nobody', () => {
  assert.equal(identityIn(['X-User: alice bob']), null)
  assert.equal(identityIn([`X-User: ${'a'.repeat(255)}`]), null)
  assert.equal(identityIn(['X-User: ali\r\n ce']), null)
  assert.equal(identityIn(['X-User:']), null)
})

test('what is written is what is read; nobody, and a name that would not be believed, are written as nothing', () => {
  assert.equal(identityIn([`X-User: ${identityValue('alice@example.org')}`]), 'alice@example.org')
  for (const user of [null, 'alice bob', 'alice\r\nX-Other: 1', 'a'.repeat(255)])
    assert.equal(identityValue(user), '')
})

test('odd spellings of the field are the field, and what stands in the body is not', () => {
  assert.equal(identityIn(['x-uSER : alice']), 'alice')
  assert.equal(identityIn(['Subject: hi', '', 'X-User: alice']), null)
})

test('no bytes make it throw, and what it leaves holds no identity header', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('X-User: a', 'x-user : b', ' folded', '', 'X-User'))
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), (lines, trusted) => {
      const { raw } = takeIdentity(Buffer.from(lines.join('\r\n')), header, trusted)
      assert.equal(takeIdentity(raw, header, true).identity, null)
    })
  )
})
