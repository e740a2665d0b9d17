import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { keyRecordOf } from '../../../service/authentication/dkim/key-record.ts'
import { signMessage } from '../../../service/authentication/dkim/sign-message.ts'
import { signatureFields } from '../../../service/authentication/dkim/signature-fields.ts'
import { keyTexts, signingKeys } from '../keys.ts'
import * as rfc8463 from '../rfc8463.ts'
import { verify } from '../verify.ts'

const domain = 'example.org'
const seconds = 1_795_348_800
const both = ['sluice1-rsa pass', 'sluice1-ed pass']

const plain = (body: string, ...fields: readonly string[]): Buffer =>
  Buffer.from(
    ['From: Ann <ann@example.org>', 'To: bob@example.net', 'Subject: Hello', ...fields, '', body].join('\r\n')
  )

async function signed(raw: Uint8Array): Promise<Buffer> {
  return Buffer.concat([Buffer.from(await signMessage(raw, await signingKeys(domain), seconds)), raw])
}

test('the signatures of RFC 8463 appendix A hold by the records that are published for them', async () => {
  assert.deepEqual(await verify(rfc8463.signatures + rfc8463.message, rfc8463.records), [
    'brisbane pass',
    'test pass'
  ])
})

test('the body of RFC 8463 hashes to its bh=, and its private key signs for its public key', async () => {
  const key = {
    domain: 'football.example.com',
    selector: 'brisbane',
    algorithm: 'ed25519-sha256',
    privateKey: createPrivateKey(rfc8463.ed25519Private)
  } as const
  const field = await signMessage(Buffer.from(rfc8463.message), [key], 1_528_637_909)
  assert.ok(field.replaceAll(/\s/gu, '').includes(`bh=${rfc8463.bodyHash};`))
  assert.match(field, /t=1528637909;/u)
  assert.deepEqual(await verify(field + rfc8463.message, rfc8463.records), ['brisbane pass'])
})

test('the record of an Ed25519 key shows the bare public key of RFC 8463', () => {
  assert.equal(
    keyRecordOf(rfc8463.ed25519Private, 'ed25519-sha256'),
    `v=DKIM1; k=ed25519; h=sha256; p=${rfc8463.ed25519Public}`
  )
})

const messages: Readonly<Record<string, Buffer>> = {
  'a plain message': plain('Hi.\r\n'),
  'an empty body': plain(''),
  'a body of empty lines': plain('\r\n\r\n\r\n'),
  'a body without a last line end': plain('no end'),
  'blanks at line ends': plain('a  b \t\r\n  c\t\td  \r\n'),
  'eight-bit text': plain('gr\u00fc\u00dfe \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\r\n'),
  'bytes that are no UTF-8': Buffer.concat([plain(''), Buffer.from([0xff, 0xfe, 0x80, 0x0d, 0x0a])]),
  'internationalised fields (RFC 6532)': plain('Hi.\r\n', 'Comments: \u00fc', 'Reply-To: \u0434@example.org'),
  'several fields of a name': plain('Hi.\r\n', 'Cc: a@example.net', 'Cc: b@example.net'),
  'folded fields': plain('Hi.\r\n', 'References: <1@example.org>\r\n\t<2@example.org>'),
  'dots at line starts': plain('.\r\n..\r\n'),
  'no body at all': Buffer.from('From: ann@example.org\r\nTo: bob@example.net\r\n'),
  'a long body': plain(`${'a line of text \t \r\n'.repeat(30_000)}\r\n\r\n`)
}

for (const [name, raw] of Object.entries(messages)) {
  test(`RSA and Ed25519 signatures hold together: ${name}`, async () => {
    assert.deepEqual(await verify(await signed(raw), await keyTexts(domain)), both)
  })
}

test('any body signs so that it verifies', async () => {
  const records = await keyTexts(domain)
  const bodies = fc.array(fc.constantFrom(' ', '\t', '\r\n', '.', 'a', '\u00fc', '\u0000'), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(bodies, async (parts) => {
      assert.deepEqual(await verify(await signed(plain(parts.join(''))), records), both)
    }),
    { numRuns: 40 }
  )
})

for (const name of ['From', 'Subject', 'To', 'Cc', 'Date', 'Message-ID', 'Reply-To', 'Content-Type']) {
  test(`a second ${name} that is added on the way breaks the signatures`, async () => {
    const raw = await signed(plain('Hi.\r\n'))
    const forged = Buffer.concat([Buffer.from(`${name}: mallory@evil.example\r\n`), raw])
    const results = await verify(forged, await keyTexts(domain))
    assert.deepEqual(results, ['sluice1-rsa fail', 'sluice1-ed fail'])
  })
}

test('trace fields that are added on the way leave the signatures whole', async () => {
  const raw = await signed(plain('Hi.\r\n', 'Received: by mx.example.org'))
  const passed = Buffer.concat([Buffer.from('Received: by relay.example.net\r\n'), raw])
  assert.deepEqual(await verify(passed, await keyTexts(domain)), both)
})

test('a changed body breaks the signatures', async () => {
  const raw = (await signed(plain('Pay 10.\r\n'))).toString('latin1').replace('Pay 10.', 'Pay 99.')
  assert.deepEqual(await verify(raw, await keyTexts(domain)), ['sluice1-rsa fail', 'sluice1-ed fail'])
})

test('text added behind the body breaks the signatures: there is no l=', async () => {
  const raw = await signed(plain('Hi.\r\n'))
  assert.doesNotMatch(raw.toString('latin1'), /[;\s]l=/u)
  const longer = Buffer.concat([raw, Buffer.from('More.\r\n')])
  assert.deepEqual(await verify(longer, await keyTexts(domain)), ['sluice1-rsa fail', 'sluice1-ed fail'])
})

test('a message without From is not signed', async () => {
  assert.equal(await signMessage(Buffer.from('To: a@b.test\r\n\r\n'), await signingKeys(domain), seconds), '')
})

test('every name of the table is a lower-case field name, and From is over-signed', () => {
  for (const name of Object.keys(signatureFields)) assert.match(name, /^[a-z-]+$/u)
  assert.equal(signatureFields.from, 'over-signed')
})
