import assert from 'node:assert/strict'
import { test } from 'node:test'
import { array, assert as check, constantFrom, integer, property } from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { createDataDecoder } from '../../../../service/doors/smtp/session/data-decoder.ts'

function decode(wire: Buffer, cuts: readonly number[]): { body: string; rest: string | null } {
  const decoder = createDataDecoder()
  const pieces: Buffer[] = []
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (wire.length + 1)), wire.length])].toSorted(
    (a, b) => a - b
  )
  for (const [at, from] of borders.entries()) {
    const until = borders[at + 1]
    if (until === undefined) break
    const pushed = decoder.push(wire.subarray(from, until))
    pieces.push(...pushed.pieces)
    if (pushed.rest !== null)
      return {
        body: Buffer.concat(pieces).toString('latin1'),
        rest: pushed.rest.toString('latin1') + wire.toString('latin1', until)
      }
  }
  return { body: Buffer.concat(pieces).toString('latin1'), rest: null }
}

const cases: readonly (readonly [string, string, string])[] = [
  ['.\r\n', '', ''],
  ['.\r\nQUIT\r\n', '', 'QUIT\r\n'],
  ['\r\n.\r\n', '\r\n', ''],
  ['..\r\n.\r\n', '.\r\n', ''],
  ['...\r\n.\r\n', '..\r\n', ''],
  ['.a\r\n.\r\n', 'a\r\n', ''],
  ['a\r\n..\r\n.\r\n', 'a\r\n.\r\n', ''],
  ['a\r\n.\r.\r\n.\r\n', 'a\r\n\r.\r\n', ''],
  ['a\n.\nb\r\n.\r\n', 'a\n.\nb\r\n', ''],
  ['a\r\r\n.\r\n', 'a\r\r\n', '']
]

test('the end of a message is CRLF, a dot and CRLF, and nothing else', () => {
  for (const [wire, body, rest] of cases)
    assert.deepEqual(decode(Buffer.from(wire, 'latin1'), []), { body, rest }, JSON.stringify(wire))
})

test('however the bytes are cut, the message is the same', () => {
  const text = array(constantFrom('\r\n', '.', '..', '\r', '\n', 'a', '\r\n.', '\r\n..'), {
    maxLength: 30
  }).map((parts) => parts.join(''))
  check(
    property(text, array(integer({ min: 0, max: 60 }), { maxLength: 12 }), (body, cuts) => {
      const stuffed = body.replaceAll('\r\n.', '\r\n..').replace(/^\./u, '..')
      const whole = Buffer.from(`${stuffed}\r\n.\r\nNOOP\r\n`, 'latin1')
      assert.deepEqual(decode(whole, cuts), { body: `${body}\r\n`, rest: 'NOOP\r\n' })
    })
  )
})
