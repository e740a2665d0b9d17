import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMessage } from '../../../../service/parse/parse-message.ts'
import type { ParsedMessage } from '../../../../service/parse/parsed-message.ts'
import { fillTemplate } from '../../../../training/attacks/writer/fill-template.ts'
import type { Filling } from '../../../../training/attacks/writer/filling.ts'
import { htmlLike } from '../../../../training/attacks/writer/html-like.ts'
import { layOutLike } from '../../../../training/attacks/writer/lay-out-text.ts'
import { readTemplate, type MailTemplate } from '../../../../training/attacks/writer/mail-template.ts'
import { createRandom } from '../../../../service/verdict/budget/seeded-random.ts'

const lines = (...text: string[]): string => text.join('\r\n')

const patch = lines(
  'From:   Ann Example <ann@example.org>', 'To: bob@example.net,', '\tcleo@example.net,', '\tdan@example.net', 'Cc: Eve <eve@example.net>',
  'Subject: [PATCH 1/2] one', 'Date:   Tue,  4 Apr 2023 16:52:59 +0200', 'Message-Id: <20230404145319.2057051-4-ann@example.org>',
  'X-Mailer: git-send-email 2.31.1', 'In-Reply-To: <a1@example.net>', 'References: <a0@example.net> <a1@example.net>', '',
  'Some words.', ''
) // prettier-ignore

const alternative = lines(
  'MIME-Version: 1.0', 'Date: Tue, 4 Apr 2023 16:52:59 +0200', 'Subject: =?utf-8?B?R3LDvMOfZQ==?=', 'From: "Example, Ann" <ann@example.org>', 'To: bob@example.net',
  'Content-Type: multipart/alternative; boundary="b1_Xy7890abCDefGH"', '', 'notice', '--b1_Xy7890abCDefGH',
  'Content-Type: text/plain; charset=utf-8; format=flowed', 'Content-Transfer-Encoding: quoted-printable', '',
  'This is one long paragraph that the program broke softly because flowed=20', 'text may be broken so, and it goes on and on to show it clearly.', '--b1_Xy7890abCDefGH',
  'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '',
  Buffer.from('<html><head><style>p{}</style></head><body lang="de"><p class="MsoNormal">Alt</p><p class="MsoNormal">Text</p></body></html>').toString('base64'),
  '--b1_Xy7890abCDefGH--', ''
) // prettier-ignore

function templateOf(raw: string): MailTemplate {
  const template = readTemplate(raw)
  assert.ok(template)
  return template
}

function filled(raw: string, filling: Omit<Filling, 'random'>): string {
  const text = fillTemplate(templateOf(raw), { ...filling, random: createRandom(3) })
  assert.ok(text !== null)
  return text
}

async function parsed(raw: string): Promise<ParsedMessage> {
  const outcome = await parseMessage(Buffer.from(raw, 'latin1'))
  assert.equal(outcome.kind, 'parsed')
  return outcome.kind === 'parsed' ? outcome.message : assert.fail()
}

const names = ({ headers }: ParsedMessage): string[] => headers.map(({ name }) => name)

test('another letter leaves order and spelling of fields as they are, and gets a Message-ID of the same make', async () => {
  const recipients = ['mia@example.net', 'Noa <noa@example.net>', 'oz@example.net']
  const raw = filled(patch, { plain: 'Pay here.\n', subject: 'Re: bill', recipients, parents: ['<x1@h>', '<x2@h>'] }) // prettier-ignore
  const [one, other] = [await parsed(patch), await parsed(raw)]
  assert.deepEqual(names(other), names(one))
  assert.equal(other.text.trim(), 'Pay here.')
  assert.deepEqual(other.to.map(({ address }) => address), ['mia@example.net']) // prettier-ignore
  assert.deepEqual(other.cc.map(({ address }) => address), ['noa@example.net', 'oz@example.net']) // prettier-ignore
  assert.deepEqual([other.inReplyTo, other.references.length], ['<x2@h>', 2])
  assert.match(other.messageId ?? '', /^<20230404145319\.\d{7}-4-ann@example\.org>$/u)
  assert.notEqual(other.messageId, one.messageId)
})

test('a recipient list is folded as the program folds: one a line behind a tab', () => {
  const raw = filled(patch.replace(/Cc: .*\r\n/u, ''), { recipients: ['a@x.test', 'b@x.test', 'c@x.test'] })
  assert.ok(raw.includes('To: a@x.test,\r\n\tb@x.test,\r\n\tc@x.test\r\n'))
})

test('the date of another moment keeps its manner and zone', () => {
  const at = Date.UTC(2023, 4, 5, 20, 1, 2)
  const raw = filled(patch, { date: { at, zoneMinutes: 120 } })
  assert.ok(raw.includes('\r\nDate:   Fri,  5 May 2023 22:01:02 +0200\r\n'))
  assert.match(raw, /^Message-Id: <20230505200102\.\d{7}-4-ann@example\.org>/mu)
})

test('both texts of an alternative are exchanged inside their encodings, under new boundaries', async () => {
  const text = 'Grüße aus der Schweiz'
  const template = templateOf(alternative)
  const raw = filled(alternative, { plain: text, html: htmlLike(template.html?.text ?? '', text), subject: 'Ölkrise' }) // prettier-ignore
  const message = await parsed(raw)
  assert.deepEqual([message.text.trim(), message.htmlText.trim(), message.subject], [text, text, 'Ölkrise'])
  assert.ok(
    message.html.includes('<style>p{}</style>') && message.html.includes('<p class="MsoNormal">Grüße')
  )
  assert.deepEqual(message.parts.map(({ type, encoding }) => `${type} ${encoding}`), ['multipart/alternative null', 'text/plain quoted-printable', 'text/html base64']) // prettier-ignore
  assert.match(message.parts[0]?.boundary ?? '', /^b1_[A-Za-z0-9]{14}$/u)
  assert.ok(!raw.includes('b1_Xy7890abCDefGH'))
  assert.deepEqual(message.defects, [])
})

test('a designed mailing keeps its tables, its heading and its footer', () => {
  const long = 'Our spring sale has begun, and you find everything at half its price in the shop. '.repeat(2)
  const html = `<html><body><table><tr><td>Shop<table><tr><td class="a">${long}</td></tr><tr><td>${long}${long}</td></tr></table></td></tr><tr><td>Unsubscribe</td></tr></table></body></html>`
  const changed = htmlLike(html, 'Pay now\nhttps://bad.test/x')
  assert.equal(changed.split('<td').length, html.split('<td').length)
  assert.ok(changed.includes('Shop<table>') && changed.includes('<td>Unsubscribe</td>'))
  assert.ok(
    changed.includes('<td>Pay now<br>\n<a href="https://bad.test/x">') && !changed.includes('spring sale')
  )
})

test('what a charset can not hold is spelled in ASCII where that can be read, and refused where not', () => {
  const ascii = patch.replace('X-Mailer', 'Content-Type: text/plain; charset=us-ascii\r\nX-Mailer')
  assert.ok(filled(ascii, { plain: 'Zahlen Sie 5 € für Käse' }).endsWith('Zahlen Sie 5 EUR fur Kase'))
  assert.equal(fillTemplate(templateOf(ascii), { plain: 'กรุณายืนยันบัญชีของคุณ', random: createRandom(1) }), null)
})

test('lines are as long as those of the message whose place is taken', () => {
  const long = 'Some words of an ordinary letter that goes on for a while, '.repeat(4).trim()
  const wrapped = templateOf(patch).plain
  const flowed = templateOf(alternative).plain
  assert.ok(wrapped !== null && flowed !== null)
  assert.ok(layOutLike(long, wrapped).split('\n').every((line) => line.length <= 72)) // prettier-ignore
  assert.ok(layOutLike(long, flowed).split('\n').slice(0, -1).every((line) => line.endsWith(' '))) // prettier-ignore
  assert.equal(layOutLike(`> ${long}`, wrapped), `> ${long}`)
})

test('bytes that are no mail are no template, and hostile ones end in time', () => {
  assert.equal(readTemplate(''), null)
  const nested = `Content-Type: multipart/mixed; boundary="x"\r\n\r\n${'--x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'.repeat(600)}`
  assert.equal(readTemplate(nested), null)
  const many = `To: ${'"a,'.repeat(20_000)}\r\nSubject: x\r\n\r\nbody`
  assert.ok(filled(many, { plain: 'new', recipients: ['a@b.test'] }).endsWith('new'))
})
