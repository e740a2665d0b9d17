import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { NoticeLanguage } from './languages/notice-language.ts'
import { oneLine } from './printable.ts'
import { causeOf, type ReportAction, type ReportedRecipient } from './report.ts'

export interface ExplanationOptions {
  readonly language: NoticeLanguage
  readonly hostname: string
  /** Epoch ms at which we give up on what is delayed. */
  readonly retryUntil: number
}

const order: readonly ReportAction[] = ['failed', 'delayed', 'delivered', 'relayed']

/** The part for people: what happened to whom, why, and what to do about it, with the answer of the other host as it was. */
export function explanation(
  message: QueuedMessage,
  recipients: readonly ReportedRecipient[],
  options: ExplanationOptions
): string {
  const { language, hostname } = options
  const groups = order.flatMap((action) => {
    const those = recipients.filter((one) => one.action === action)
    return those.length === 0 ? [] : ['', lead(action, options), '', ...those.flatMap(told(language))]
  })
  return [language.from(hostname), ...groups, ...about(message, language)].join('\r\n')
}

function lead(action: ReportAction, { language, retryUntil }: ExplanationOptions): string {
  switch (action) {
    case 'failed':
      return language.failed
    case 'delayed':
      return language.delayed(dateIn(language, retryUntil))
    case 'delivered':
      return language.delivered
    case 'relayed':
      return language.relayed
  }
}

function told(language: NoticeLanguage): (one: ReportedRecipient) => readonly string[] {
  return (one) => {
    const { address, action, reply, mx } = one
    const hasCause = action === 'failed' || action === 'delayed'
    const answer = mx === null ? [] : [`      ${language.said(oneLine(mx))}`, `      ${oneLine(reply)}`]
    return [`  <${address}>`, ...(hasCause ? [`      ${language.causes[causeOf(one)]}`, ...answer] : []), '']
  }
}

function about({ id, subject, acceptedAt }: QueuedMessage, language: NoticeLanguage): readonly string[] {
  const words = language.about
  return [
    words.title,
    ...(subject === '' ? [] : [`  ${words.subject}: ${oneLine(subject)}`]),
    `  ${words.received}: ${dateIn(language, acceptedAt)}`,
    `  ${words.queueId}: ${id}`,
    ''
  ]
}

function dateIn({ code }: NoticeLanguage, at: number): string {
  return new Intl.DateTimeFormat(`${code}-u-ca-gregory`, {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'UTC'
  }).format(at)
}
