import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { createKeyedHash } from '../../service/observation/keyed-hash.ts'
import { publicHash } from '../../service/observation/public-hash.ts'

test('a keyed hash is HMAC-SHA-256 cut to 8 bytes, as base64url', () => {
  const key = new Uint8Array(32).fill(9)
  const expected = createHmac('sha256', key)
    .update('bob@example.net')
    .digest()
    .subarray(0, 8)
    .toString('base64url')
  const keyedHash = createKeyedHash(key)
  assert.equal(keyedHash('bob@example.net'), expected)
  assert.equal(keyedHash('bob@example.net'), expected, 'the remembered one is the same')
  assert.equal(expected.length, 11)
})

test('another key gives another hash, and nothing stays nothing', () => {
  assert.notEqual(createKeyedHash(new Uint8Array(32))('x'), createKeyedHash(new Uint8Array(32).fill(1))('x'))
  assert.equal(createKeyedHash(new Uint8Array(32))(''), '')
})

test('the public hash never changes: bundled weights depend on it', () => {
  const words = ['', 'a', 'hello', 'größe', '您好', '\u{1f600}']
  assert.deepEqual(
    words.map((word) => publicHash(word, 262_144)),
    [162_827, 45_491, 95_854, 48_735, 135_993, 107_558]
  )
})
