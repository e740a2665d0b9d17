import { noParameters } from '../../message/mail-parameters.ts'
import type { NewMessage } from '../../queue/records/new-message.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { composeReport } from './compose-report.ts'
import { createReportLimit } from './report-limit.ts'
import { wantedReports, type Settled } from './wanted-reports.ts'

export interface ReporterOptions {
  readonly hostname: string
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
  readonly delayNoticeMs: number
  readonly maxAgeMs: number
  readonly maxReportsPerHour: number
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'count'>
}

/** What an attempt leads to. */
export interface Reported {
  /** For the queue; null: there is nothing to tell, or nobody to tell it to. */
  readonly notice: NewMessage | null
  /** The sender has now been told that it takes long. */
  readonly toldOfDelay: boolean
}

/** Tells senders what became of their messages. */
export type Reporter = (
  message: QueuedMessage,
  raw: Uint8Array,
  settled: readonly Settled[]
) => Promise<Reported>

const nothing: Reported = { notice: null, toldOfDelay: false }

export function createReporter(options: ReporterOptions): Reporter {
  const { clock, delayNoticeMs, maxAgeMs, log, metrics } = options
  const limit = createReportLimit({ maxPerHour: options.maxReportsPerHour, clock })
  return async function report(message, raw, settled) {
    const at = clock()
    const recipients = wantedReports(message, settled, { delayNoticeMs, now: at })
    const sender = message.envelope.mailFrom
    if (recipients.length === 0 || sender === null) return nothing
    const toldOfDelay = recipients.some(({ action }) => action === 'delayed')
    if (!limit.take(sender)) {
      metrics?.count('sluice_reports_total', { outcome: 'suppressed' })
      log.warn('delivery.report_suppressed', { id: message.id, recipients: recipients.length })
      return { notice: null, toldOfDelay }
    }
    metrics?.count('sluice_reports_total', { outcome: 'sent' })
    const id = options.newId()
    const retryUntil = (message.hold?.decision?.at ?? message.acceptedAt) + maxAgeMs
    const composed = await composeReport(message, raw, recipients, { ...options, id, at, retryUntil })
    return { notice: toNotice(message, composed, { id, at, hostname: options.hostname }), toldOfDelay }
  }
}

const unknownClient = { ip: null, helo: null, port: null, tls: null }

/** The report as a message of our own: not judged, answered by nobody. */
function toNotice(
  message: QueuedMessage,
  { subject, raw }: { readonly subject: string; readonly raw: Uint8Array },
  { id, at, hostname }: { readonly id: string; readonly at: number; readonly hostname: string }
): NewMessage {
  const { mailFrom } = message.envelope
  return {
    id,
    submissionId: message.submissionId,
    verdictId: '',
    senderId: '',
    envelope: { mailFrom: null, rcptTo: mailFrom === null ? [] : [mailFrom] },
    label: 'normal',
    raw,
    messageId: `<${id}@${hostname}>`,
    subject,
    origin: { client: unknownClient, auth: null, sender: null, receivedAt: at, trace: '' },
    acceptedAt: at,
    // RFC 8689 section 5: its header is protected as the message was
    ...(message.parameters?.requireTls === true && { parameters: { ...noParameters, requireTls: true } })
  }
}
