import type { ReceivedMail } from '../../helpers/smtp-sink.ts'
import type { Mail } from '../harness/mails.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf, type Sink } from '../harness/sink.ts'
import { waitFor } from '../harness/wait-for.ts'

export interface KeptMails extends Sink {
  keep(mail: ReceivedMail): void
}

/** The world behind a stand-in: what it lets go is kept here. */
export function keepMails(): KeptMails {
  const mails: ReceivedMail[] = []
  const copiesOf = ({ messageId }: Mail) =>
    mails.filter((mail) => fieldsOf(mail, 'Message-ID').includes(`<${messageId}>`))
  return {
    port: 0,
    keep: (mail) => void mails.push(mail),
    copiesOf,
    arrival: (mail, limitMs) => waitFor(`mail ${mail.messageId} arrives`, () => copiesOf(mail)[0], limitMs)
  }
}

/** A header field as it stands: what is behind the colon, with its folds, without its line end. */
export type Field = readonly [name: string, value: string]

export interface SplitMail {
  readonly fields: readonly Field[]
  readonly body: string
}

export function splitMail(raw: string): SplitMail {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, end).split(/\r\n(?![ \t])/u)
  const fields = head.map((line): Field => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1)]
  })
  return { fields, body: raw.slice(end + 4) }
}

export function joinMail({ fields, body }: SplitMail): string {
  return `${fields.map(([name, value]) => `${name}:${value}\r\n`).join('')}\r\n${body}`
}

/** What the sender's program would read. */
export function toSent(reply: string, startedAt: number): Sent {
  const tookMs = performance.now() - startedAt
  return { accepted: reply.startsWith('2'), reply, replies: [reply], tookMs, transcript: reply }
}
