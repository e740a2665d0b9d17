import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, array, constantFrom, oneof, property, string, uint8Array } from 'fast-check'
import '../helpers/fixed-chance.ts'
import { parseCommand } from '../../service/doors/smtp/commands/command.ts'
import { readMailFromParameters } from '../../service/doors/smtp/commands/mail-from-parameters.ts'
import { takePath } from '../../service/doors/smtp/commands/path.ts'
import { readRcptToParameters } from '../../service/doors/smtp/commands/rcpt-to-parameters.ts'
import { decodeUnitext, decodeXtext } from '../../service/doors/smtp/commands/xtext.ts'

const words = constantFrom(
  ' ', '=', ';', ',', '+', '+0A', '+2B', '<', '>', '"', '\\', '\\x{41}', '@', ':', '[', ']',
  'SIZE', 'BODY', 'ENVID', 'RET', 'NOTIFY', 'ORCPT', 'MT-PRIORITY', 'AUTH', 'SMTPUTF8', 'REQUIRETLS', 'NEVER', 'rfc822', 'utf-8', '-9', '\u0000', 'ä'
) // prettier-ignore
const anything = oneof(
  array(words, { maxLength: 25 }).map((all) => all.join('')),
  string({ unit: 'binary', maxLength: 200 })
)

// oxlint-disable-next-line no-control-regex -- control characters are what must not pass
const printable = /^[^\u0000-\u001f\u007f]*$/u

test('parameters are read or refused, and nothing that could end a line comes out of them', () => {
  check(
    property(anything, (text) => {
      const mail = readMailFromParameters(text, { maxMessageBytes: 1_000, isTls: true })
      if (mail.kind === 'read') assert.match(mail.value.envid ?? '', printable)
      else assert.match(mail.reply.text, printable)
      const recipient = readRcptToParameters(text)
      if (recipient.kind === 'read') assert.match(recipient.value.orcpt ?? '', printable)
      assert.match(decodeXtext(text) ?? '', printable)
      assert.match(decodeUnitext(text) ?? '', printable)
    }),
    { numRuns: 2_000 }
  )
})

test('a path that is taken ends at its bracket, and what follows is left', () => {
  check(
    property(anything, (text) => {
      const path = takePath(text)
      if (path === undefined) return
      assert.ok(text.endsWith(path.rest))
      assert.equal(text[text.length - path.rest.length - 1], '>')
    }),
    { numRuns: 2_000 }
  )
})

test('no bytes are a command with a control character', () => {
  check(
    property(uint8Array({ maxLength: 300 }), (bytes) => {
      const parsed = parseCommand(Buffer.from(bytes))
      if (parsed.kind !== 'command') return
      assert.match(`${parsed.command.verb}${parsed.command.argument}`.replaceAll('\t', ''), printable)
    }),
    { numRuns: 2_000 }
  )
})

test('long hostile lines take no time that grows with a power of them', () => {
  const begin = performance.now()
  for (const text of [
    '<' + 'a.'.repeat(1_000),
    '<"' + '\\"'.repeat(1_000),
    '<@' + 'a,@'.repeat(700),
    '<a@' + '-'.repeat(2_000)
  ])
    assert.equal(takePath(text), undefined)
  assert.ok(performance.now() - begin < 2_000)
})
