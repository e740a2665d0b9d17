import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takePath } from '../../../../service/doors/smtp/commands/path.ts'

const sound: readonly (readonly [string, string, string])[] = [
  ['<>', '', ''],
  ['<a@b.test>', 'a@b.test', ''],
  ['<a@b.test> SIZE=1', 'a@b.test', ' SIZE=1'],
  ['<@one.test,@two.test:a@b.test>', 'a@b.test', ''],
  ['<"a"@b.test>', 'a@b.test', ''],
  ['<"a b"@b.test>', '"a b"@b.test', ''],
  ['<"a>b"@b.test> X', '"a>b"@b.test', ' X'],
  ['<"a\\"b"@b.test>', '"a\\"b"@b.test', ''],
  ["<!#$%&'*+-/=?^_`{|}~@b.test>", "!#$%&'*+-/=?^_`{|}~@b.test", ''],
  ['<a@[192.0.2.1]>', 'a@[192.0.2.1]', ''],
  ['<a@[IPv6:2001:db8::1]>', 'a@[IPv6:2001:db8::1]', ''],
  ['<postmaster>', 'postmaster', ''],
  ['<ä@bücher.test>', 'ä@bücher.test', '']
]

const broken = [
  '',
  'a@b.test',
  '<a@b.test',
  '<a>',
  '<@>',
  '<@b.test>',
  '<a@>',
  '<a..b@c.test>',
  '<.a@c.test>',
  '<a.@c.test>',
  '<a b@c.test>',
  '<a@b@c.test>',
  '<a@-b.test>',
  '<a@b-.test>',
  '<a@b..test>',
  '<a@[192.0.2.256]>',
  '<a@[IPv6:x]>',
  '<a@[tag:x]>',
  '<"a@b.test>',
  `<a@${'b'.repeat(64)}.test>`,
  '< a@b.test>',
  '<a@b.test >'
]

test('a path is read as RFC 5321 section 4.1.2 writes it', () => {
  for (const [text, mailbox, rest] of sound) assert.deepEqual(takePath(text), { mailbox, rest }, text)
})

test('what is no path is none', () => {
  for (const text of broken) assert.equal(takePath(text), undefined, text)
})
