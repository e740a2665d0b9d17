import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { withWholeLineEnds } from '../../../service/delivery/outgoing/line-ends.ts'

test('any text leaves with CRLF alone at its line ends, and with every other byte as it was', () => {
  const text = fc
    .array(fc.constantFrom('\r', '\n', '\r\n', 'a', '.'), { maxLength: 40 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (given) => {
      const whole = withWholeLineEnds(Buffer.from(given)).toString()
      assert.equal(whole, given.replaceAll(/\r\n|\r|\n/gu, '\r\n'))
    })
  )
})

test('what is whole already is not copied', () => {
  const bytes = Buffer.from('a\r\nb\r\n')
  assert.equal(withWholeLineEnds(bytes), bytes)
})
