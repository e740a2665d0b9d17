import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMessage } from '../../service/parse/parse-message.ts'
import type { ParsedMessage } from '../../service/parse/parsed-message.ts'
import { buildMessage, bytes } from '../helpers/build-message.ts'

async function parsed(raw: Uint8Array): Promise<ParsedMessage> {
  const outcome = await parseMessage(raw)
  assert.equal(outcome.kind, 'parsed')
  return outcome.kind === 'parsed' ? outcome.message : assert.fail()
}

test('a plain message shows its fields, its text and no defect', async () => {
  const message = await parsed(buildMessage({ text: 'Hi Bob,\r\n\r\nlunch at noon?\r\n' }))
  assert.deepEqual(message.from, [{ name: 'Ann Example', address: 'ann@example.com' }])
  assert.deepEqual(message.to, [{ name: 'Bob', address: 'bob@example.net' }])
  assert.equal(message.subject, 'Hello')
  assert.equal(message.text, 'Hi Bob,\n\nlunch at noon?\n')
  assert.deepEqual(message.date, { at: Date.UTC(2026, 10, 2, 8, 30), zoneMinutes: 60 })
  assert.equal(message.messageId, '<1@example.com>')
  assert.deepEqual(message.defects, [])
})

test('header fields keep their order and spelling and are unfolded', async () => {
  const { headers } = await parsed(
    bytes(['X-b: 1', 'x-A: two', '\tfolded', 'From: a@b.org', 'Date: 1 Jan 2026 00:00:00 Z', '', 'x'])
  )
  assert.deepEqual(headers.slice(0, 3), [
    { name: 'X-b', value: '1' },
    { name: 'x-A', value: 'two folded' },
    { name: 'From', value: 'a@b.org' }
  ])
})

test('encoded words in subject and names are decoded', async () => {
  const { subject, from } = await parsed(
    buildMessage({ subject: '=?utf-8?B?R3LDvMOfZQ==?=', from: '=?iso-8859-1?Q?J=F6rg?= <j@example.com>' })
  )
  assert.equal(subject, 'Grüße')
  assert.deepEqual(from, [{ name: 'Jörg', address: 'j@example.com' }])
})

test('a name that claims to be an address does not become one', async () => {
  const { from } = await parsed(buildMessage({ from: '"boss@bank.example" <x@evil.example>' }))
  assert.deepEqual(from, [{ name: 'boss@bank.example', address: 'x@evil.example' }])
})

test('members of a group are recipients like all others', async () => {
  const { to } = await parsed(buildMessage({ to: 'Team: a@example.net, B <b@example.net>;, c@example.net' }))
  assert.deepEqual(to.map(({ address }) => address).toSorted(), [
    'a@example.net',
    'b@example.net',
    'c@example.net'
  ])
})

const bodies: readonly (readonly [name: string, head: readonly string[], body: readonly number[], text: string])[] = [
  ['quoted-printable', ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'], ascii('gr=C3=BCn=\r\ner'), 'grüner'],
  ['base64', ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'], ascii('Z3LDvG4='), 'grün'],
  ['windows-1251', ['Content-Type: text/plain; charset=windows-1251'], [0xcf, 0xf0, 0xe8], 'При'],
  ['gb18030', ['Content-Type: text/plain; charset=gb18030'], [0xc4, 0xe3, 0xba, 0xc3], '你好'],
  ['iso-2022-jp', ['Content-Type: text/plain; charset=iso-2022-jp'], [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42], 'あ'],
  ['undeclared utf-8', [], [...new TextEncoder().encode('grün')], 'grün'],
  ['flowed text', ['Content-Type: text/plain; format=flowed'], ascii('one \r\ntwo'), 'one two']
] // prettier-ignore

for (const [name, head, body, text] of bodies) {
  test(`a body in ${name} is decoded`, async () => {
    const start = bytes(['From: a@example.com', ...head, '', ''])
    const message = await parsed(Uint8Array.from([...start, ...body]))
    assert.equal(message.text.trim(), text)
  })
}

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)]
}

test('of alternatives both are kept, and HTML is read as its reader sees it', async () => {
  const message = await parsed(
    buildMessage({ text: 'plain words', html: '<p>Rich <b>words</b></p><style>p{}</style>' })
  )
  assert.equal(message.text.trim(), 'plain words')
  assert.equal(message.htmlText, 'Rich words')
  assert.deepEqual(
    message.parts.map(({ type, depth }) => [type, depth]),
    [
      ['multipart/alternative', 0],
      ['text/plain', 1],
      ['text/html', 1]
    ]
  )
})

test('attachments show name, type and decoded size, but are not read', async () => {
  const content = 'x'.repeat(3_000)
  const message = await parsed(
    buildMessage({ text: 'see file', attachments: [{ name: 'a b.pdf', type: 'application/pdf', content }] })
  )
  assert.deepEqual(message.attachments, [
    { filename: 'a b.pdf', contentType: 'application/pdf', sizeBytes: 3_000 }
  ])
  assert.equal(message.text.trim(), 'see file')
})

test('names of attachments stay with their attachment', async () => {
  const attachments = ['one.txt', 'two.html', 'three.exe'].map((name) => ({
    name,
    type: 'text/plain',
    content: name
  }))
  const message = await parsed(buildMessage({ attachments }))
  assert.deepEqual(
    message.attachments.map(({ filename, sizeBytes }) => [filename, sizeBytes]),
    [
      ['one.txt', 7],
      ['two.html', 8],
      ['three.exe', 9]
    ]
  )
})

test('text of an attached message is read, marked as forwarded', async () => {
  const message = await parsed(
    bytes([
      'From: a@example.com', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'my words', '--b',
      'Content-Type: message/rfc822', '', 'From: other@example.org', 'Subject: inner', '', 'their words', '--b--', ''
    ]) // prettier-ignore
  )
  assert.match(message.text, /^my words\s+-+ Forwarded message -+\s+their words/)
  assert.deepEqual(message.from, [{ name: '', address: 'a@example.com' }])
  assert.equal(message.subject, '')
})

test('parts of a digest are messages without saying so', async () => {
  const message = await parsed(
    bytes(['Content-Type: multipart/digest; boundary=b', '', '--b', '', 'Subject: one', '', 'x', '--b--', ''])
  )
  assert.deepEqual(
    message.parts.map(({ type }) => type),
    ['multipart/digest', 'message/rfc822', 'text/plain']
  )
})

test('an outer delimiter ends inner parts that were never closed', async () => {
  const message = await parsed(
    bytes([
      'Content-Type: multipart/mixed; boundary=out', '', '--out', 'Content-Type: multipart/mixed; boundary=in', '', '--in', '',
      'inner', '--out', '', 'outer', '--out--', ''
    ]) // prettier-ignore
  )
  assert.deepEqual(
    message.parts.map(({ depth }) => depth),
    [0, 1, 2, 1]
  )
  assert.equal(message.text, 'inner\nouter')
  assert.deepEqual(message.defects.includes('parts-truncated'), false)
})

test('what stands around the parts of a multipart is not text', async () => {
  const message = await parsed(
    bytes([
      'Content-Type: multipart/mixed; boundary="b c"',
      '',
      'preamble',
      '--b c  ',
      '',
      'shown',
      '--b c--',
      'epilogue'
    ])
  )
  assert.equal(message.text, 'shown')
})

test('thread fields give identifiers without comments', async () => {
  const fields = [
    ['In-Reply-To', '<a@x> (Bob of Monday)'],
    ['References', '<1@x> <2@x>\r\n <a@x>']
  ] as const
  const { inReplyTo, references } = await parsed(buildMessage({ fields }))
  assert.equal(inReplyTo, '<a@x>')
  assert.deepEqual(references, ['<1@x>', '<2@x>', '<a@x>'])
})

test('links come from anchors with what the reader sees, and from text', async () => {
  const { links } = await parsed(
    buildMessage({
      text: 'see https://docs.example.org/a. or www.example.net',
      html: '<a href="http://evil.example/login">https://bank.example</a> <a href="mailto:x@example.org">mail</a>'
    })
  )
  assert.deepEqual(links, [
    { href: 'http://evil.example/login', host: 'evil.example', text: 'https://bank.example' },
    { href: 'mailto:x@example.org', host: 'example.org', text: 'mail' },
    { href: 'https://docs.example.org/a', host: 'docs.example.org', text: null },
    { href: 'http://www.example.net', host: 'www.example.net', text: null }
  ])
})

test('the same bytes give the same message', async () => {
  const raw = buildMessage({ html: '<p>x', attachments: [{ name: 'a', type: 'image/png', content: 'y' }] })
  assert.deepEqual(await parseMessage(raw), await parseMessage(raw.slice()))
})
