import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  attributeNames,
  contentBuckets,
  gramBuckets,
  rateNames,
  structureNames,
  wordBuckets,
  type AttributeName,
  type Observation,
  type StructureName
} from '../../service/observation/observation.ts'
import type { Submission } from '../../service/message/submission.ts'
import { observeInProcess } from '../../service/scoring/observing/observe-in-process.ts'
import { addressOf, buildMessage, buildSubmission, type MessageParts } from '../helpers/build-message.ts'

const key = new Uint8Array(32).fill(1)

async function observe(parts: MessageParts, changes: Partial<Submission> = {}): Promise<Observation> {
  const outcome = await observeInProcess(buildSubmission(buildMessage(parts), changes), key)
  return outcome.kind === 'observed' ? outcome.observation : assert.fail(outcome.detail)
}

async function structure(parts: MessageParts, name: StructureName): Promise<number> {
  return (await observe(parts)).content.structure[structureNames.indexOf(name)] ?? Number.NaN
}

test('an observation has every attribute, rate and structure value that its type names, and stays within its bounds', async () => {
  const text = Array.from({ length: 9_000 }, (_, index) => `wörd${index % 7 === 0 ? '' : String.fromCodePoint(97 + (index % 26))}${index * 7919} text`)
  const { attributes, style, content } = await observe({ text: text.join(' '), html: '<p>other words entirely</p>' })
  assert.deepEqual(Object.keys(attributes).toSorted(), [...attributeNames].toSorted())
  assert.equal(style.rates.length, rateNames.length)
  assert.equal(content.structure.length, structureNames.length)
  assert.ok(style.words.length <= 300 && style.grams.length <= 400 && content.tokens.length <= 1_500)
  assert.equal(style.gramCounts.length, style.grams.length)
  for (const [list, bound] of [[style.words, wordBuckets], [style.grams, gramBuckets], [content.tokens, contentBuckets]] as const) {
    assert.deepEqual(list, [...new Set(list)].toSorted((one, other) => one - other), 'distinct and ascending')
    assert.ok(list.every((bucket) => bucket >= 0 && bucket < bound))
  }
}) // prettier-ignore

test('hour and weekday are the sender’s own, by the zone of the Date field', async () => {
  const receivedAt = Date.UTC(2026, 10, 1, 23, 30) // a Sunday
  const east = await observe({ date: 'Mon, 02 Nov 2026 09:30:00 +0900' }, { receivedAt })
  assert.deepEqual([east.hour, east.weekday], [8, 1])
  const west = await observe({ date: 'Sun, 01 Nov 2026 13:30:00 -1000' }, { receivedAt })
  assert.deepEqual([west.hour, west.weekday], [13, 0])
})

test('people are counted once, whatever tag or dots their address has', async () => {
  const rcptTo = ['bob+x@example.net', 'bob@example.net', 'j.d@gmail.com', 'jd@googlemail.com'].map((text) =>
    addressOf(text)
  )
  const { recipients } = await observe({}, { envelope: { mailFrom: null, rcptTo } })
  assert.equal(recipients.length, 2)
})

test('no address, host, name or subject stands in an observation as text', async () => {
  const observation = await observe({
    from: 'Ann Uniquename <ann@uniquehost.example>',
    subject: 'uniquesubject',
    text: 'uniqueword https://uniquelink.example/x\r\n-- \r\nuniquesignature',
    messageId: '<1.uniqueid@uniquehost.example>'
  })
  assert.doesNotMatch(JSON.stringify(observation), /unique/i)
})

const attributeCases: readonly (readonly [name: AttributeName, parts: MessageParts, value: string])[] = [
  ['zone', { date: 'Mon, 02 Nov 2026 09:30:00 -0330' }, '-210'],
  ['clientFamily', { fields: [['User-Agent', 'Mozilla Thunderbird']] }, 'thunderbird'],
  ['clientFamily', { fields: [['X-Mailer', 'Microsoft Outlook 16.0']] }, 'outlook'],
  ['clientFamily', { messageId: '<abc@mail.gmail.com>' }, 'gmail'],
  ['kind', { subject: 'AW: Termin', fields: [['In-Reply-To', '<x@y>']] }, 'reply'],
  ['kind', { subject: 'Fwd: news' }, 'forward'],
  ['kind', { fields: [['Auto-Submitted', 'auto-replied']] }, 'auto'],
  ['kind', {}, 'new'],
  ['mimeShape', { html: '<p>x', attachments: [{ name: 'a.PNG', type: 'image/png', content: 'x' }] }, 'multipart/mixed(multipart/alternative(text/plain,text/html),image/png)'],
  ['attachmentTypes', { attachments: [{ name: 'b.pdf', type: 'application/pdf', content: '' }, { name: 'a.PNG', type: 'image/png', content: '' }] }, 'pdf,png'],
  ['messageIdShape', { messageId: '<20261102.0930.ab12cd34@example.com>' }, '9++.9+.h++'],
  ['wrapBucket', { text: `${'x'.repeat(90)}\r\n` }, '<=100'],
  ['language', { text: 'Wir haben die Unterlagen noch nicht bekommen und bitten um Nachricht.' }, 'de'],
  ['language', { text: 'We have not seen the papers yet and would like to hear from you.' }, 'en'],
  ['language', { text: 'Мы ещё не получили документы и просим вас ответить.' }, 'ru'],
  ['language', { text: '我们还没有收到文件' }, 'zh'],
  ['language', { text: 'เรายังไม่ได้รับเอกสาร' }, 'th'],
  ['script', { text: 'こんにちは、資料です' }, 'kana'],
  ['recipientsBucket', {}, '1'],
  ['selfCopied', {}, 'no']
] // prettier-ignore

for (const [name, parts, value] of attributeCases) {
  test(`attribute ${name} of ${JSON.stringify(parts).slice(0, 70)} is ${value}`, async () => {
    assert.equal((await observe(parts)).attributes[name], value)
  })
}

test('two addresses of one network share their wide and near attributes as far as they do', async () => {
  const [one, near, wide, six, sixNear] = await Promise.all(
    ['203.0.113.7', '203.0.113.200', '203.0.5.7', '2001:db8:1::1', '2001:0db8:0001:ffff::2'].map((ip) =>
      observe({}, { client: { ip, helo: null, port: null, tls: null } })
    )
  )
  assert.equal(one?.attributes.network24, near?.attributes.network24)
  assert.notEqual(one?.attributes.network24, wide?.attributes.network24)
  assert.equal(one?.attributes.network16, wide?.attributes.network16)
  assert.equal(six?.attributes.network24, sixNear?.attributes.network24)
})

test('a thread is known by its parents and by a subject without prefixes', async () => {
  const first = await observe({ subject: 'Plan for May', messageId: '<first@x>' })
  const answer = await observe({
    subject: 'Re: [team] RE: Plan  for May',
    fields: [['References', '<first@x>']]
  })
  assert.equal(answer.thread.subject, first.thread.subject)
  assert.deepEqual(answer.thread.parents, [first.thread.messageId])
})

test('quoted text is not the sender’s style', async () => {
  const own = await observe({ text: 'short answer, really' })
  const quoting = await observe({
    text: 'short answer, really\r\n\r\nOn Monday, Bob wrote:\r\n> LOTS!!! of other;;; text\r\n'
  })
  assert.deepEqual({ ...quoting.style, quotedFraction: 0 }, own.style)
  assert.ok(quoting.style.quotedFraction > 0.5)
})

const structureCases: readonly (readonly [name: StructureName, parts: MessageParts])[] = [
  ['htmlOnly', { text: '', html: '<p>only here' }],
  ['linkTextMismatch', { html: '<a href="http://evil.example">www.bank.example</a>' }],
  ['linkIp', { text: 'http://192.0.2.7/login' }],
  ['linkShortener', { text: 'https://bit.ly/x' }],
  ['linkPunycode', { text: 'http://xn--pypal-4ve.example/' }],
  [
    'attachmentExecutable',
    { attachments: [{ name: 'invoice.pdf.exe', type: 'application/pdf', content: '' }] }
  ],
  ['attachmentHtml', { attachments: [{ name: 'login.htm', type: 'application/octet-stream', content: '' }] }],
  ['attachmentArchive', { attachments: [{ name: 'a.zip', type: 'application/zip', content: '' }] }],
  ['subjectReplyWithoutThread', { subject: 'Re: your order' }],
  ['money', { text: 'please transfer $ 5000 to this account' }],
  ['urgency', { text: 'dringend: Ihr Konto wird sofort gesperrt' }],
  ['credential', { text: 'confirme su contraseña' }],
  ['cryptoAddress', { text: 'send to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' }],
  ['phone', { text: 'call +1 (555) 010-0199' }],
  ['zeroWidth', { text: 'pay\u200bpal' }],
  ['mixedScript', { text: 'p\u0430ypal' }],
  ['hiddenText', { html: '<p>shown</p><div style="display: none">hidden words</div>' }],
  ['replyToDiffers', { fields: [['Reply-To', 'x@other.example']] }],
  ['fromNameHasAddress', { from: '"boss@example.org" <ann@example.com>' }],
  ['formInHtml', { html: '<form action="http://x.example"><input></form>' }]
]

for (const [name, parts] of structureCases) {
  test(`structure ${name} is raised by ${JSON.stringify(parts).slice(0, 70)}`, async () => {
    assert.ok((await structure(parts, name)) > 0)
    assert.equal(await structure({ text: 'good morning, see you later' }, name), 0)
  })
}

test('the same submission gives the same observation', async () => {
  const parts = { html: '<p>x', attachments: [{ name: 'a.pdf', type: 'application/pdf', content: 'x' }] }
  assert.deepEqual(await observe(parts), await observe(parts))
})
