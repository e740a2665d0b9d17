import { renderPlan } from '../../../datasets/synthetic-mail/render-plan.ts'
import type { MessagePlan, SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'

/** One thing about an honest message made odd; everything else stays as its sender writes it. */
export type MakeOdd = (mail: SyntheticSubmission) => SyntheticSubmission

const plainText = 'Content-Type: text/plain; charset=utf-8'
const mixed =
  'Hello, Привет, שלום עולם, مرحبا بالجميع, สวัสดีครับทุกคน, こんにちは, 你好：see you at 10:30, до встречи, إلى اللقاء.'

export const oddMessages: Readonly<Record<string, MakeOdd>> = {
  'a clock twenty years behind': edited((raw) =>
    field(raw, 'Date', (date) => date.replace(/20\d\d/u, '2006'))
  ),
  'a clock fifty years ahead': edited((raw) => field(raw, 'Date', (date) => date.replace(/20\d\d/u, '2076'))),
  'a date that is none': edited((raw) => field(raw, 'Date', () => 'yesterday, half past nine')),
  'no date at all': edited((raw) => raw.replace(/^Date:.*\r\n/imu, '')),
  'a time zone on the other side of the world': edited((raw) => field(raw, 'Date', zone('+1345'))),
  'a time zone that is not told': edited((raw) => field(raw, 'Date', zone('-0000'))),
  'a time zone that does not exist': edited((raw) => field(raw, 'Date', zone('-9959'))),
  'an empty body': edited((raw) => body(raw, plainText, '')),
  'neither subject nor body': edited((raw) =>
    body(
      field(raw, 'Subject', () => ''),
      plainText,
      ''
    )
  ),
  'HTML only': planned((plan) => ({ ...plan, html: 'only' })),
  'a body in base64': encoded,
  'eight scripts in one paragraph': planned((plan) => ({ ...plan, text: mixed })),
  'marks of right-to-left text': planned((plan) => ({ ...plan, text: `\u200f${plan.text}\u200f` })),
  'forged trace and verdict headers': edited((raw) => `${forged}${raw}`),
  'every header twice': edited(twice),
  'a thousand repeated headers': edited((raw) => `${'X-Loop: 1\r\n'.repeat(1_000)}${raw}`)
}

const forged = [
  'Received: from mx.bank.example (mx.bank.example [192.0.2.1]) by mx.google.com with ESMTPS id x; Mon, 1 Jan 2024 00:00:00 +0000',
  'Authentication-Results: mx.google.com; spf=pass; dkim=pass header.d=bank.example; dmarc=pass',
  'X-Spam-Status: No, score=-99.0',
  'X-Sluice-User: root@bank.example',
  'X-Sluice-Verdict: allow',
  'X-AuthUser: root@bank.example',
  'Sender: root@bank.example',
  'Return-Path: <root@bank.example>',
  ''
].join('\r\n')

function edited(edit: (raw: string) => string): MakeOdd {
  return (mail) => ({ ...mail, raw: Buffer.from(edit(Buffer.from(mail.raw).toString('latin1')), 'latin1') })
}

function planned(change: (plan: MessagePlan) => MessagePlan): MakeOdd {
  return ({ plan, sender, label, family, attack }) =>
    renderPlan(change(plan), { sender, label, family, attack })
}

/** What the message says, in one part and in base64. */
function encoded(mail: SyntheticSubmission): SyntheticSubmission {
  const lines = Buffer.from(mail.plan.text).toString('base64').replace(/.{76}/gu, '$&\r\n')
  return edited((raw) => body(raw, `${plainText}\r\nContent-Transfer-Encoding: base64`, lines))(mail)
}

function zone(offset: string): (date: string) => string {
  return (date) => date.replace(/[+-]\d{4}/u, offset)
}

function field(raw: string, name: string, change: (value: string) => string): string {
  return raw.replace(
    new RegExp(`^${name}: *(.*(?:\\r\\n[ \\t].*)*)`, 'imu'),
    (_whole, value: string) => `${name}: ${change(value)}`
  )
}

/** Another body under the same head. */
function body(raw: string, contentFields: string, text: string): string {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const kept = head.replace(/^Content-(?:Type|Transfer-Encoding|Disposition):.*(?:\r\n[ \t].*)*\r\n?/gimu, '')
  return `${kept.trimEnd()}\r\n${contentFields}\r\n\r\n${text}`
}

function twice(raw: string): string {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  return `${head}\r\n${raw}`
}
