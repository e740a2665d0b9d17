import type { SignedRecipient, WorldReport } from '../../message/world-report.ts'
import type { ReceivedReport, ReportOutcome } from './report-outcome.ts'
import { takeBounce, type TakeBounceOptions } from './take-bounce.ts'
import { takeComplaint, type TakeComplaintOptions } from './take-complaint.ts'
import { passOn } from './pass-on.ts'

/** Rejects only when the store fails; nothing was changed then. */
export type TakeReport = (received: ReceivedReport) => Promise<ReportOutcome>

export type TakeReportOptions = TakeBounceOptions &
  TakeComplaintOptions & {
    /** What the bytes say. */
    readonly read: (raw: Uint8Array, about: SignedRecipient) => WorldReport
  }

/**
 * What the world says of a message: a bounce corrects what the queue believes, counts as evidence about its sender and becomes a report of
 * ours; a complaint becomes feedback; automatic answers reach the person who wrote. Told twice, it counts once.
 */
export function createTakeReport(options: TakeReportOptions): TakeReport {
  const { read, log, metrics } = options
  return async function takeReport(received) {
    const { about, raw } = received
    const report = read(raw, about)
    const outcome = await act(report, received, options)
    metrics.count('sluice_world_reports_total', { kind: report.kind, outcome: outcome.kind })
    const facts = about.kind === 'message' ? { id: about.messageId } : { reporter: about.name }
    log.info('feedback.report', { ...facts, kind: report.kind, outcome: outcome.kind })
    return outcome
  }
}

function act(
  report: WorldReport,
  received: ReceivedReport,
  options: TakeReportOptions
): Promise<ReportOutcome> {
  const { about } = received
  switch (report.kind) {
    case 'complaint':
      return takeComplaint(report, about, options)
    case 'bounce':
      return about.kind === 'message' ? takeBounce(report, about, received, options) : notAReport()
    case 'automatic':
      return about.kind === 'message' ? passOn(about.messageId, received.raw, options) : notAReport()
    case 'other':
      // A bounce that nobody can read is still one; a letter to a return path is not
      return about.kind === 'message' && received.mailFrom === null
        ? passOn(about.messageId, received.raw, options)
        : notAReport()
  }
}

function notAReport(): Promise<ReportOutcome> {
  return Promise.resolve({ kind: 'not-a-report' })
}
