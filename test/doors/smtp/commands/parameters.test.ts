import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  noMailFromParameters,
  readMailFromParameters
} from '../../../../service/doors/smtp/commands/mail-from-parameters.ts'
import { readRcptToParameters } from '../../../../service/doors/smtp/commands/rcpt-to-parameters.ts'

const rules = { maxMessageBytes: 1_000, isTls: true }

const mail: readonly (readonly [string, object])[] = [
  ['', {}],
  ['  ', {}],
  [' SIZE=1000', { sizeBytes: 1_000 }],
  [' size=0', { sizeBytes: 0 }],
  [' BODY=8BITMIME', {}],
  [' body=7bit', {}],
  [' SMTPUTF8', { smtpUtf8: true }],
  [' RET=hdrs ENVID=a+2Bb', { ret: 'HDRS', envid: 'a+b' }],
  [` ENVID=${'e'.repeat(100)}`, { envid: 'e'.repeat(100) }],
  [' MT-PRIORITY=-9', { mtPriority: -9 }],
  [' MT-PRIORITY=9  REQUIRETLS', { mtPriority: 9, requireTls: true }],
  [' AUTH=<>', {}],
  [' AUTH=eve+40example.org', {}]
]

const wrongMail: readonly (readonly [string, number, string])[] = [
  ['SIZE=1', 501, '5.5.4'],
  [' SIZE', 501, '5.5.4'],
  [' SIZE=', 501, '5.5.4'],
  [' SIZE=-1', 501, '5.5.4'],
  [' SIZE=1e3', 501, '5.5.4'],
  [` SIZE=${'9'.repeat(21)}`, 501, '5.5.4'],
  [` SIZE=${'9'.repeat(20)}`, 552, '5.3.4'],
  [' SIZE=1001', 552, '5.3.4'],
  [' SIZE=1 SIZE=1', 501, '5.5.4'],
  [' BODY=BINARYMIME', 501, '5.5.4'],
  [' BODY', 501, '5.5.4'],
  [' SMTPUTF8=yes', 501, '5.5.4'],
  [' RET=ALL', 501, '5.5.4'],
  [' ENVID=a b', 555, '5.5.4'],
  [' ENVID=a+0D+0ABcc:', 501, '5.5.4'],
  [' ENVID=a+2b', 501, '5.5.4'],
  [` ENVID=${'e'.repeat(101)}`, 501, '5.5.4'],
  [' MT-PRIORITY=10', 501, '5.5.4'],
  [' MT-PRIORITY=+1', 501, '5.5.4'],
  [' MT-PRIORITY=-0', 501, '5.5.4'],
  [' REQUIRETLS=1', 501, '5.5.4'],
  [' AUTH', 501, '5.5.4'],
  [' NOTIFY=NEVER', 555, '5.5.4'],
  [' constructor=1', 555, '5.5.4'],
  [' __proto__', 501, '5.5.4'],
  [' =', 501, '5.5.4'],
  [' X-NEW', 555, '5.5.4']
]

test('parameters of MAIL FROM are read', () => {
  for (const [text, expected] of mail)
    assert.deepEqual(
      readMailFromParameters(text, rules),
      { kind: 'read', value: { ...noMailFromParameters, ...expected } },
      text
    )
})

test('a wrong, repeated or unknown parameter of MAIL FROM is refused with its own status', () => {
  for (const [text, code, status] of wrongMail) {
    const read = readMailFromParameters(text, rules)
    assert.ok(read.kind === 'refused', text)
    assert.deepEqual([read.reply.code, read.reply.status], [code, status], text)
  }
})

test('REQUIRETLS exists under TLS only', () => {
  const read = readMailFromParameters(' REQUIRETLS', { ...rules, isTls: false })
  assert.equal(read.kind === 'refused' && read.reply.code, 555)
})

const recipient: readonly (readonly [string, object])[] = [
  ['', { notify: null, orcpt: null }],
  [' NOTIFY=never', { notify: ['NEVER'], orcpt: null }],
  [
    ' NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;bob+2Bx@b.test',
    { notify: ['SUCCESS', 'FAILURE', 'DELAY'], orcpt: 'rfc822;bob+x@b.test' }
  ],
  [String.raw` ORCPT=utf-8;b\x{F6}b@b.test`, { notify: null, orcpt: 'utf-8;böb@b.test' }]
]

const wrongRecipient: readonly (readonly [string, number])[] = [
  [' NOTIFY', 501],
  [' NOTIFY=', 501],
  [' NOTIFY=NEVER,DELAY', 501],
  [' NOTIFY=DELAY,DELAY', 501],
  [' NOTIFY=DELAY,', 501],
  [' NOTIFY=SOMETIMES', 501],
  [' NOTIFY=DELAY NOTIFY=FAILURE', 501],
  [' ORCPT=bob@b.test', 501],
  [' ORCPT=rfc822;', 501],
  [' ORCPT=;bob', 501],
  [' ORCPT=rfc822;bob+0A', 501],
  [String.raw` ORCPT=utf-8;\x{D800}`, 501],
  [String.raw` ORCPT=utf-8;\x{0A}`, 501],
  [` ORCPT=rfc822;${'b'.repeat(494)}`, 501],
  [' SIZE=1', 555]
]

test('parameters of RCPT TO are read', () => {
  for (const [text, value] of recipient)
    assert.deepEqual(readRcptToParameters(text), { kind: 'read', value }, text)
  assert.equal(readRcptToParameters(` ORCPT=rfc822;${'b'.repeat(493)}`).kind, 'read')
})

test('wrong parameters of RCPT TO are refused', () => {
  for (const [text, code] of wrongRecipient) {
    const read = readRcptToParameters(text)
    assert.equal(read.kind === 'refused' && read.reply.code, code, text)
  }
})
