import '../../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createSignedAddresses } from '../../../service/delivery/feedback/signed-address.ts'

const key = Buffer.alloc(32, 7)
const domain = 'bounces.example.org'
const now = Date.UTC(2026, 10, 22, 8)
const day = 86_400_000
const addresses = createSignedAddresses({ domain, key, validDays: 12 })
const messageId = '019ac5a1-3b7e-7c11-9d55-0123456789ab'

function returnPath(recipient: number | null = 0): string {
  return addresses.returnPath(messageId, recipient, now) ?? ''
}

test('a return path names its message and the recipient, also when a host writes it in capitals', () => {
  assert.deepEqual(addresses.read(returnPath(3), now), { kind: 'message', messageId, recipient: 3 })
  assert.deepEqual(addresses.read(returnPath(null).toUpperCase(), now), {
    kind: 'message',
    messageId,
    recipient: null
  })
})

test('any message id and place come back as they were, within the 64 octets of a local part', () => {
  const places = fc.option(fc.integer({ min: 0, max: 36 ** 4 - 2 }))
  fc.assert(
    fc.property(fc.uuid(), places, (id, place) => {
      const address = addresses.returnPath(id, place, now) ?? ''
      assert.ok(address.indexOf('@') <= 64)
      assert.deepEqual(addresses.read(address, now), { kind: 'message', messageId: id, recipient: place })
    }),
    { numRuns: 50 }
  )
})

test('an id that is no UUID has no return path', () => {
  assert.equal(addresses.returnPath('message-1', 0, now), null)
})

test('one changed character anywhere makes it a stranger’s address', () => {
  const address = returnPath()
  const local = address.slice(0, address.indexOf('@'))
  for (const [at, was] of Array.from(local).entries()) {
    const forged = `${local.slice(0, at)}${was === 'a' ? 'b' : 'a'}${local.slice(at + 1)}@${domain}`
    assert.equal(addresses.read(forged, now), null, forged)
  }
})

test('another installation’s key, and another domain, sign for nothing here', () => {
  const other = createSignedAddresses({ domain, key: Buffer.alloc(32, 8), validDays: 12 })
  assert.equal(addresses.read(other.returnPath(messageId, 0, now) ?? '', now), null)
  assert.equal(addresses.read(returnPath().replace(domain, 'example.com'), now), null)
})

test('a return path ends with its days, and one from tomorrow is forged by a clock', () => {
  assert.notEqual(addresses.read(returnPath(), now + 12 * day), null)
  assert.equal(addresses.read(returnPath(), now + 13 * day), null)
  assert.equal(addresses.read(returnPath(), now - 2 * day), null)
})

test('a feedback loop’s address is good until its day, under its name alone', () => {
  const address = addresses.forReporter('jmrp', now + 30 * day)
  assert.deepEqual(addresses.read(address, now + 30 * day), { kind: 'reporter', name: 'jmrp' })
  assert.equal(addresses.read(address, now + 31 * day), null)
  assert.equal(addresses.read(address.replace('jmrp', 'jmrq'), now), null)
  assert.throws(() => addresses.forReporter('not a name', now), RangeError)
})

test('whatever text comes, reading it never throws, and no text is believed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (text) => {
      assert.equal(addresses.read(text, now), null)
      assert.equal(addresses.read(`${text}@${domain}`, now), null)
      assert.equal(addresses.read(`sb-${text}@${domain}`, now), null)
    })
  )
  assert.equal(addresses.read(`sb-${randomUUID()}-0-0-aaaaaaaaaaaaaaaa@${domain}`, now), null)
})
