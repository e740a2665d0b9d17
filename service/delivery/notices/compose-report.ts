import MimeNode from 'nodemailer/lib/mime-node'
import { rfc5322Date } from '../../message/rfc5322-date.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { deliveryStatus, needsGlobalStatus } from './delivery-status.ts'
import { explanation } from './explanation.ts'
import { chooseLanguage } from './languages/choose-language.ts'
import type { ReportedRecipient } from './report.ts'
import { returnedMessage } from './returned-message.ts'

export interface ReportOptions {
  /** Also the domain of the report's Message-ID and From. */
  readonly hostname: string
  readonly id: string
  /** Epoch ms. */
  readonly at: number
  /** Epoch ms at which we give up on what is delayed. */
  readonly retryUntil: number
}

export interface ComposedReport {
  readonly subject: string
  readonly raw: Buffer
}

/**
 * A delivery status notification: multipart/report (RFC 6522) of an explanation for people in the sender's language, one for machines
 * (RFC 3464), and the header of the message. Its sender is null, so that it is never answered.
 */
export async function composeReport(
  message: QueuedMessage,
  raw: Uint8Array,
  recipients: readonly ReportedRecipient[],
  options: ReportOptions
): Promise<ComposedReport> {
  const { hostname, id, at } = options
  const language = chooseLanguage(raw, message.language ?? '')
  const subject = language.subject[subjectOf(recipients)]
  const root = new MimeNode('multipart/report; report-type=delivery-status', { newline: '\r\n' })
  root.setHeader({
    From: `Mail Delivery System <MAILER-DAEMON@${hostname}>`,
    To: `<${message.envelope.mailFrom ?? ''}>`,
    Subject: subject,
    Date: rfc5322Date(at),
    'Message-ID': `<${id}@${hostname}>`,
    // RFC 3834 section 5: so that nobody's vacation notice answers it
    'Auto-Submitted': 'auto-replied',
    ...(message.messageId !== null && { 'In-Reply-To': message.messageId, References: message.messageId })
  })
  root
    .createChild('text/plain; charset=utf-8')
    .setHeader('Content-Language', language.code)
    .setContent(explanation(message, recipients, { ...options, language }))
  part(root, statusType(recipients), Buffer.from(deliveryStatus(message, recipients, options)))
  const returned = returnedMessage(message, raw, recipients.some(isFailure))
  part(root, returned.contentType, returned.bytes)
  return { subject, raw: await root.build() }
}

function subjectOf(recipients: readonly ReportedRecipient[]): 'failed' | 'delayed' | 'success' {
  if (recipients.some(isFailure)) return 'failed'
  return recipients.some(({ action }) => action === 'delayed') ? 'delayed' : 'success'
}

function isFailure({ action }: ReportedRecipient): boolean {
  return action === 'failed'
}

function statusType(recipients: readonly ReportedRecipient[]): string {
  return needsGlobalStatus(recipients) ? 'message/global-delivery-status' : 'message/delivery-status'
}

/** RFC 3464 section 2 and RFC 2046 section 5.2.1: these parts travel as they are, never as base64. */
function part(root: MimeNode, type: string, bytes: Buffer): void {
  const isEightBit = bytes.some((byte) => byte > 0x7f)
  root
    .createChild(type)
    .setHeader('Content-Transfer-Encoding', isEightBit ? '8bit' : '7bit')
    .setContent(bytes)
}
