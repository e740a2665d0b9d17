import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeWords } from '../../service/parse/encoded-words.ts'
import { hrefsInText } from '../../service/parse/hrefs-in-text.ts'
import { parseContentType } from '../../service/parse/content-type.ts'
import { parseDate } from '../../service/parse/parse-date.ts'
import { parsePlainAddresses } from '../../service/parse/plain-addresses.ts'
import { readHtml } from '../../service/parse/read-html.ts'
import { unflow } from '../../service/parse/unflow.ts'

const dates: readonly (readonly [field: string, expected: string | null])[] = [
  ['Mon, 02 Nov 2026 09:30:15 +0100', '2026-11-02T08:30:15.000Z 60'],
  ['2 Nov 2026 09:30 -0330 (comment)', '2026-11-02T13:00:00.000Z -210'],
  ['Fri, 02 Nov 01 09:30:00 EST', '2001-11-02T14:30:00.000Z -300'],
  ['02-Nov-2026 09:30:00', '2026-11-02T09:30:00.000Z 0'],
  ['Mon, 02 Nov 2026 23:59:60 GMT', '2026-11-02T23:59:59.000Z 0'],
  ['Mon, 02 Nov 2026 09:30:00 +9900', '2026-11-02T09:30:00.000Z 0'],
  ['Mon, 02 Nov 2026 25:30:00 +0100', null],
  ['32 Nov 2026 09:30:00 +0100', null],
  ['2026-11-02T09:30:00Z', null],
  ['yesterday', null],
  ['', null]
]
for (const [field, expected] of dates) {
  test(`date "${field}" is ${expected}`, () => {
    const date = parseDate(field)
    assert.equal(date && `${new Date(date.at).toISOString()} ${date.zoneMinutes}`, expected)
  })
}

const texts: readonly (readonly [text: string, hrefs: readonly string[]])[] = [
  [
    'see http://example.com/a(b)c). and <https://x.org/?q=1>',
    ['http://example.com/a(b)c', 'https://x.org/?q=1']
  ],
  ['WWW.Example.com, then mailto:a@b.org!', ['http://WWW.Example.com', 'mailto:a@b.org']],
  ['paypal.com.evil.top/login and see:foo.com', ['http://paypal.com.evil.top/login', 'http://foo.com']],
  ['README.md setup.py end.In fact e.g. i.e. 12:30 std::vector bob@example.com', []],
  ['10.0.0.1/x but not 1.2.3.4 or 2.3.4', ['http://10.0.0.1/x']],
  ['请访问http://例子.cn/路径。谢谢', ['http://例子.cn/路径']],
  ['[link](https://md.io/z) “https://q.de”', ['https://md.io/z', 'https://q.de']],
  ['http:// https:/ ftp:x ://', []]
]
for (const [text, hrefs] of texts) {
  test(`links in "${text}"`, () => assert.deepEqual(hrefsInText(text, 50), hrefs))
}

const pages: readonly (readonly [html: string, text: string, hiddenChars: number])[] = [
  ['<p>One<br>two</p><ul><li>a<li>b</ul>', 'One\ntwo\n\na\nb', 0],
  ['a <!-- no --> b<script>x()</script><style>p{}</style><title>t</title>', 'a b', 0],
  ['<div style="display:none">secret <div>in</div> too</div>shown', 'shown', 11],
  ['<td style="font-size:0"><span style="font-size:14px">shown</span></td>', 'shown', 0],
  ['<span style="font-size: 0px">secret</span>shown<p hidden>x</p>', 'shown', 7],
  ['&lt;b&gt; &amp;amp; &#x1F600; &nbsp;x', '<b> &amp; 😀 x', 0],
  ['<head><p>in a head that never ends', 'in a head that never ends', 0],
  ['unclosed <a href="x', 'unclosed', 0]
]
for (const [html, text, hiddenChars] of pages) {
  test(`HTML ${html}`, () => {
    const reading = readHtml(html, 10)
    assert.deepEqual([reading.text, reading.hiddenChars], [text, hiddenChars])
  })
}

const words: readonly (readonly [value: string, decoded: string | undefined])[] = [
  ['plain', 'plain'],
  ['=?utf-8?Q?a_b=C3=BC?= c', 'a bü c'],
  ['=?UTF-8*de?B?w7w=?= =?utf-8?B?w7w=?=', 'üü'],
  ['=?utf-8?B?w7?= =?utf-8?Q?=BC?=', 'ü'],
  ['=?iso-8859-1?Q?=E9?= =?koi8-r?B?0sXRwQ==?=', 'éреяа'],
  ['=?x-unknown?Q?a?=', undefined],
  ['=?utf-8?Q?broken', undefined],
  ['bell \u0007', undefined]
]
for (const [value, decoded] of words) {
  test(`encoded words ${JSON.stringify(value)}`, () => assert.equal(decodeWords(value), decoded))
}

test('addresses with anything but names, quotes and brackets are left to the library', () => {
  assert.deepEqual(parsePlainAddresses('"Doe, J." <j@x.org>, <b@y.org>, C@Z.org'), [
    { name: 'Doe, J.', address: 'j@x.org' },
    { name: '', address: 'b@y.org' },
    { name: '', address: 'c@z.org' }
  ])
  for (const value of [
    'a@b.org (Ann)',
    'g: a@b.org;',
    '"a\\"b" <a@b.org>',
    'a b',
    'a@b.org,',
    '<a@b.org> x'
  ]) {
    assert.equal(parsePlainAddresses(value), undefined, value)
  }
})

function boundary(value: string): string | null {
  return parseContentType(value, 'text/plain').boundary
}

test('a boundary may be quoted, escaped, torn into pieces, and stand behind a comment', () => {
  assert.equal(boundary('multipart/mixed (comment); x; BOUNDARY = "a;\\"b"'), 'a;"b')
  assert.equal(boundary('multipart/mixed; boundary*0=ab; boundary*1="cd"'), 'abcd')
  assert.equal(parseContentType('nonsense', 'text/plain').type, 'text/plain')
})

test('flowed lines go on within one quote depth, and a signature mark is never flowed', () => {
  assert.equal(
    unflow('one \ntwo\n> a \n> b\nthree \n> c\n-- \nAnn', false),
    'one two\n> a b\nthree \n> c\n-- \nAnn'
  )
  assert.equal(unflow(' stuffed\n您 \n好', true), 'stuffed\n您好')
})
