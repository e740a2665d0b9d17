import { randomUUID } from 'node:crypto'

/** One message and how it is to be sent. */
export interface Mail {
  /** Who authenticates; also the envelope sender. */
  readonly user: string
  readonly from: string
  readonly to: readonly string[]
  /** Bare, without angle brackets: unique, to find it again at the sink. */
  readonly messageId: string
  /** RFC 5322 text, ASCII, every line ended with CRLF. */
  readonly raw: string
}

/** Whom everybody writes to every day. */
const colleagues = ['bob@example.net', 'carol@example.net', 'dave@example.net'] as const

/** An ordinary mail: the same kind of text, to the same people, by the same program as every day. */
export function habitualMail(user: string, at = Date.now()): Mail {
  const day = Math.floor(at / 86_400_000)
  const topic = topics[day % topics.length] ?? topics[0]
  const to = colleagues[day % colleagues.length] ?? colleagues[0]
  return compose({ user, to: [to], at, subject: topic.subject, program: 'Mozilla Thunderbird 128.4.0', text: [
    `Hello ${nameOf(to)},`, '', ...topic.lines, '', 'Kind regards', nameOf(user)
  ] }) // prettier-ignore
}

const topics = [
  {
    subject: 'Minutes of the meeting',
    lines: [
      'here are the minutes of our meeting, as we agreed. Please tell me by Friday',
      'whether I have forgotten anything that matters to you.'
    ]
  },
  {
    subject: 'Plan for next week',
    lines: [
      'attached to the board you will find the plan for next week. We start on Monday',
      'with the pump and see on Wednesday how far we are.'
    ]
  },
  {
    subject: 'Our visit in spring',
    lines: [
      'thank you for the pictures. I have asked at the hotel: the rooms are free in the',
      'second week of May, so that we can all travel together.'
    ]
  },
  {
    subject: 'Report of the laboratory',
    lines: [
      'the laboratory has sent its report. The values are as we expected; I shall bring',
      'the paper along on Thursday, and we can read it together.'
    ]
  }
] as const

/** What no habit excuses: the content alone is certain enough to be blocked. */
export function spamMail(user: string): Mail {
  return compose({ user, to: [`${randomUUID().slice(0, 8)}@example.com`], at: Date.now(), subject: 'You have won $1,000,000 !!!', program: null, text: [
    'CONGRATULATIONS!!! You have won $1,000,000.', '', 'Claim your prize NOW: http://prize.example/claim',
    'Buy now and save 80 % on all pills, no prescription needed!', 'Click here to verify your password: http://login.secure-mail.example/verify', '100% FREE, no risk, act now, limited time offer. To be removed from this list click here.'
  ] }) // prettier-ignore
}

/** The first mail of somebody who has stolen the password: strangers, another program, and a lure that is no certain spam by itself. */
export function takeoverMail(user: string, strangers = 4): Mail {
  const to = Array.from({ length: strangers }, () => `${randomUUID().slice(0, 8)}@example.com`)
  return compose({ user, to, at: Date.now(), subject: 'Invoice', program: 'PHPMailer 6.9.1', text: [
    'Please look at the invoice for this month and pay it today:', 'https://invoice-portal.example/pay', '',
    'Your mailbox quota is nearly reached. Sign in here to keep your messages:', 'https://webmail-quota.example/login'
  ] }) // prettier-ignore
}

interface Parts {
  readonly user: string
  readonly to: readonly string[]
  readonly at: number
  readonly subject: string
  readonly program: string | null
  readonly text: readonly string[]
}

function compose({ user, to, at, subject, program, text }: Parts): Mail {
  const messageId = `${randomUUID()}@${domainOf(user)}`
  const fields = [
    `From: ${nameOf(user)} <${user}>`,
    `To: ${to.join(', ')}`,
    `Subject: ${subject}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}>`,
    ...(program === null ? [] : [`User-Agent: ${program}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii'
  ]
  return { user, from: user, to, messageId, raw: [...fields, '', ...text, ''].join('\r\n') }
}

function nameOf(address: string): string {
  const local = address.slice(0, address.indexOf('@'))
  return local.charAt(0).toUpperCase() + local.slice(1)
}

function domainOf(address: string): string {
  return address.slice(address.indexOf('@') + 1)
}
