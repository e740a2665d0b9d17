import assert from 'node:assert/strict'
import { isAscii } from 'node:buffer'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { toSevenBit } from '../../../service/delivery/outgoing/seven-bit.ts'
import '../../helpers/fixed-chance.ts'

const message = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'))

test('what has seven bits already stays as it is, byte for byte', () => {
  const plain = message('Subject: hi', '', 'hello', '')
  assert.equal(toSevenBit(plain), plain)
})

test('text becomes quoted-printable, and reads the same', async () => {
  const before = message(
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Grüße = 1 \r\n.dot',
    ''
  )
  const after = toSevenBit(before) ?? assert.fail()
  assert.ok(isAscii(after))
  assert.match(
    after.toString(),
    /Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe =3D 1=20\r\n/u
  )
  assert.equal((await simpleParser(after)).text, (await simpleParser(before)).text)
})

test('parts are converted one by one, also in a message within, and what is no text becomes base64', async () => {
  const before = message(
    'Content-Type: multipart/mixed; boundary="a b"',
    'Content-Transfer-Encoding: 8bit',
    '',
    'préface',
    '--a b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>é</p>',
    '--a bc',
    '--a b',
    'Content-Type: application/octet-stream; name=x',
    'Content-Disposition: attachment; filename=x',
    'Content-Transfer-Encoding: binary',
    '',
    'é\u0000é',
    '--a b',
    'Content-Type: message/rfc822',
    '',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'è',
    '--a b--',
    'épilogue',
    ''
  )
  const after = toSevenBit(before) ?? assert.fail()
  assert.ok(isAscii(after))
  const [one, two] = [await simpleParser(before), await simpleParser(after)]
  assert.equal(two.html, one.html)
  assert.deepEqual(two.attachments[0]?.content, Buffer.from('é\u0000é'))
  assert.match(after.toString(), /=C3=A8\r\n--a b--\r\n\?\?pilogue/u)
  assert.match(after.toString(), /boundary="a b"\r\nContent-Transfer-Encoding: 7bit\r\n/u)
})

for (const [what, lines] of [
  ['a header beyond ASCII', ['Subject: é', '', 'x']],
  ['what was signed', ['Content-Type: multipart/signed; boundary=b', '', '--b', '', 'é', '--b--', '']],
  ['what says it is encoded and is not', ['Content-Transfer-Encoding: base64', '', 'é']],
  ['parts without a boundary', ['Content-Type: multipart/mixed', '', 'é']],
  ['a kind of message that may not be encoded', ['Content-Type: message/partial', '', 'é']]
] as const) {
  test(`${what} cannot be converted`, () => {
    assert.equal(toSevenBit(message(...lines)), null)
  })
}

test('whatever the parts are nested in, the result has seven bits or there is none', () => {
  const line = fc.constantFrom(
    '--b',
    '--b--',
    '--c',
    '',
    'é',
    'Content-Type: multipart/mixed; boundary=b',
    'Content-Type: multipart/alternative; boundary=c',
    'Content-Type: message/rfc822',
    'Content-Type: image/png',
    'Content-Transfer-Encoding: 8bit',
    'x'
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const after = toSevenBit(message('Content-Type: multipart/mixed; boundary=b', '', ...lines))
      assert.ok(after === null || isAscii(after))
    }),
    { numRuns: 200 }
  )
})
