import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simpleParser, type ParsedMail } from 'mailparser'
import { composeReport } from '../../../service/delivery/notices/compose-report.ts'
import type { ReportedRecipient } from '../../../service/delivery/notices/report.ts'
import { noParameters } from '../../../service/message/mail-parameters.ts'
import { toRecord } from '../../../service/queue/records/new-message.ts'
import type { QueuedMessage } from '../../../service/queue/records/queued-message.ts'
import { newMessage, start, type MessageDraft } from '../../queue/messages.ts'

const options = { hostname: 'mx.test', id: 'report-1', at: start, retryUntil: start + 86_400_000 }
const raw = Buffer.from('From: alice@example.org\r\nSubject: lunch\r\n\r\nprivate words\r\n')
const unknownUser: ReportedRecipient = {
  address: 'bob@example.net',
  action: 'failed',
  status: '5.1.1',
  reply: '550 5.1.1 who?',
  mx: 'mx.example.net'
}

function record(draft: MessageDraft = {}, more: Partial<QueuedMessage> = {}): QueuedMessage {
  return { ...toRecord(newMessage({ id: 'message', ...draft }), 'queued', null, start), ...more }
}

async function report(
  recipients: readonly ReportedRecipient[],
  message = record(),
  bytes: Uint8Array = raw
): Promise<{ text: string; mail: ParsedMail }> {
  const composed = await composeReport(message, bytes, recipients, options)
  return { text: composed.raw.toString(), mail: await simpleParser(composed.raw) }
}

test('a report is what RFC 3464 says, for people and for machines', async () => {
  const { text, mail } = await report([unknownUser])
  assert.match(text, /^Content-Type: multipart\/report; report-type=delivery-status;/mu)
  assert.equal(mail.headers.get('auto-submitted'), 'auto-replied')
  assert.match(mail.text ?? '', /does not exist[^]*mx\.example\.net answered:\s+550 5\.1\.1 who\?/u)
  assert.match(
    text,
    /Reporting-MTA: dns; mx\.test\r\n[^]*\r\n\r\nFinal-Recipient: rfc822; bob@example\.net\r\nAction: failed\r\nStatus: 5\.1\.1\r\nRemote-MTA: dns; mx\.example\.net\r\nDiagnostic-Code: smtp; 550 5\.1\.1 who\?\r\n/u
  )
  assert.match(text, /Content-Type: text\/rfc822-headers[^]*From: alice@example\.org\r\nSubject: lunch\r\n/u)
  assert.doesNotMatch(text, /private words/u)
})

test('what the sender named comes back: envelope id and original recipient (RFC 3461 sections 6.2 and 6.3)', async () => {
  const parameters = {
    ...noParameters,
    envid: 'QQ314159',
    recipients: { 'bob@example.net': { notify: null, orcpt: 'rfc822;Bob@Example.NET' } }
  }
  const { text } = await report([unknownUser], record({}, { parameters }))
  assert.match(text, /\r\nOriginal-Envelope-Id: QQ314159\r\nReporting-MTA/u)
  assert.match(text, /\r\nOriginal-Recipient: rfc822; Bob@Example\.NET\r\nFinal-Recipient/u)
})

test('RET=FULL brings the whole message back, but never a large one', async () => {
  const whole = record({}, { parameters: { ...noParameters, ret: 'FULL' } })
  assert.match((await report([unknownUser], whole)).text, /message\/rfc822[^]*private words/u)
  const large = Buffer.concat([raw, Buffer.alloc(300 * 1024, 'x')])
  assert.doesNotMatch((await report([unknownUser], whole, large)).text, /private words/u)
})

for (const [language, words] of Object.entries({
  en: 'could not be delivered',
  de: 'konnte den folgenden Empfängern nicht zugestellt werden',
  fr: 'n’a pas pu être remis',
  es: 'no se pudo entregar',
  pt: 'não pôde ser entregue',
  th: 'ไม่สามารถส่งถึงผู้รับ',
  xx: 'could not be delivered'
})) {
  test(`who writes in ${language} is told in it, or in English`, async () => {
    const { mail } = await report([unknownUser], record({}, { language }))
    assert.match(mail.text ?? '', new RegExp(words, 'u'))
  })
}

test('the language that a mail program asks for goes before the one of the message', async () => {
  const asked = Buffer.concat([Buffer.from('Accept-Language: zz, es-AR;q=0.8, fr;q=0.9\r\n'), raw])
  const { mail } = await report([unknownUser], record({}, { language: 'de' }), asked)
  assert.match(mail.subject ?? '', /n’a pas pu être remis/u)
})

test('a delay says until when it is tried', async () => {
  const { text, mail } = await report([{ ...unknownUser, action: 'delayed', status: '4.4.1' }])
  assert.match(text, /Action: delayed\r\n[^]*Will-Retry-Until: /u)
  assert.equal(mail.subject, 'Your message is delayed')
  assert.match(mail.text ?? '', /You need not send it again/u)
})

test('a report of an internationalised address says so (RFC 6533)', async () => {
  const { text } = await report([
    { address: 'jürgen@example.net', action: 'failed', status: '5.6.7', reply: 'no ü here', mx: null }
  ])
  assert.match(text, /message\/global-delivery-status[^]*Final-Recipient: utf-8; jürgen@example\.net/u)
  assert.match(text, /Diagnostic-Code: x-sluice; no \? here/u)
})

test('what another host says, and the subject, cannot begin a field or a part', async () => {
  const { text } = await report(
    [{ ...unknownUser, reply: 'no\r\nX-Forged: yes\r\n\r\n--x', mx: 'mx\r\nX-Forged: yes' }],
    record({}, { subject: 'a\r\nX-Forged: yes' })
  )
  assert.doesNotMatch(text, /^X-Forged/mu)
})

test('a report stays small however large the header was', async () => {
  const long = Buffer.from(`${'X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5_000)}\r\n`)
  const { text } = await report([unknownUser], record(), long)
  assert.ok(text.length < 40_000, `${text.length} bytes`)
  assert.ok(text.split('\r\n').every((line) => line.length <= 998))
})
