import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, property, uint8Array } from 'fast-check'
import '../helpers/fixed-chance.ts'
import { fieldValue, headerFields, headerLength, withoutFields } from '../../service/message/header-block.ts'

const bcc = new Set(['bcc'])

for (const [what, raw, left] of [
  ['a field', 'A: 1\r\nBcc: x\r\nC: 2\r\n\r\nBcc: body\r\n', 'A: 1\r\nC: 2\r\n\r\nBcc: body\r\n'],
  ['a folded field', 'Bcc: x,\r\n y,\r\n\tz\r\nC: 2\r\n\r\n', 'C: 2\r\n\r\n'],
  ['the last field of a message without body', 'A: 1\r\nbcc: x', 'A: 1\r\n'],
  ['a field with blanks before its colon', 'BCC \t: x\r\nA: 1\r\n\r\n', 'A: 1\r\n\r\n'],
  ['every one of several', 'Bcc: x\nA: 1\nbCc: y\n\nb', 'A: 1\n\nb'],
  ['nothing where there is none', 'A: Bcc: 1\r\n\r\nBcc: x', 'A: Bcc: 1\r\n\r\nBcc: x']
] as const) {
  test(`taking a field out of the header takes out ${what}`, () => {
    assert.equal(Buffer.from(withoutFields(Buffer.from(raw), bcc)).toString(), left)
  })
}

test('a value is unfolded', () => {
  const raw = Buffer.from('Subject: one\r\n two\r\n\r\n')
  const [field] = headerFields(raw)
  assert.equal(field && fieldValue(raw, field), 'one two')
})

test('whatever the bytes are, the fields lie one after the other inside the header', () => {
  check(
    property(uint8Array({ max: 90, min: 9, maxLength: 300 }), (raw) => {
      let end = 0
      for (const field of headerFields(raw)) {
        assert.ok(field.start >= end && field.end > field.start && field.end <= headerLength(raw))
        end = field.end
      }
    })
  )
})
