import type { Config } from '../config/config-schema.ts'
import { createReportLimit } from '../delivery/notices/report-limit.ts'
import { createReporter } from '../delivery/notices/reporter.ts'
import { createReturnPath, type ReturnPath } from '../delivery/outgoing/return-path.ts'
import { readReport } from '../delivery/feedback/read-report.ts'
import { createSignedAddresses, type SignedAddresses } from '../delivery/feedback/signed-address.ts'
import { loadCertificate } from '../doors/smtp/certificate.ts'
import { createFeedbackDoor } from '../doors/smtp/feedback/feedback-door.ts'
import { createTakeReport, type TakeReport } from '../operations/feedback/take-report.ts'
import type { GiveFeedback } from '../operations/give-feedback.ts'
import { createRememberOutcomes } from '../operations/history/remember-outcomes.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import type { Stores } from './stores.ts'

const hourMs = 3_600_000

/** Addresses at `smtp.feedbackDomain`; null: bounces go to the senders. */
export function openSignedAddresses({ smtp, feedback }: Config, key: Uint8Array): SignedAddresses | null {
  const { feedbackDomain: domain } = smtp
  return domain === undefined ? null : createSignedAddresses({ domain, key, validDays: feedback.addressDays })
}

export function returnPathOf(config: Config, key: Uint8Array): { readonly returnPath?: ReturnPath } {
  const addresses = openSignedAddresses(config, key)
  return addresses === null ? {} : { returnPath: createReturnPath(addresses, clock) }
}

/** What reports and complaints do. */
export function createReports(
  config: Config,
  stores: Stores,
  giveFeedback: GiveFeedback,
  { log }: Pick<StartOptions, 'log'>
): TakeReport {
  const { feedback, delivery, smtp } = config
  const { hostname } = smtp
  const { queue, accept, senders, memory, metrics, key } = stores
  const addresses = openSignedAddresses(config, key)
  const tell = createReporter({
    hostname,
    newId,
    clock,
    delayNoticeMs: delivery.delayNoticeHours * hourMs,
    maxAgeMs: delivery.maxAgeHours * hourMs,
    maxReportsPerHour: delivery.maxReportsPerHour,
    log,
    metrics
  })
  return createTakeReport({
    queue,
    hostname,
    accept,
    senders,
    memory,
    giveFeedback,
    tell,
    classify: (said) => stores.mailHosts.classify(said).kind,
    remember: createRememberOutcomes({ ...stores, clock }),
    read: (raw, about) => readReport(raw, { fromReporter: about.kind === 'reporter' }),
    readAddress: (address) => addresses?.read(address, clock()) ?? null,
    reporterAllowance: hourly(feedback.maxComplaintsPerHour),
    senderAllowance: hourly(feedback.maxComplaintsOfSenderPerHour),
    passOnAllowance: hourly(feedback.maxPassedOnPerHour),
    clock,
    newId,
    log,
    metrics
  })
}

const hourly = (maxPerHour: number) => createReportLimit({ maxPerHour, clock })

type House = Pick<Stores, 'key' | 'keysDirectory'> & {
  readonly config: Config
  readonly options: StartOptions
  readonly onClose: OnClose
  readonly takeReport: TakeReport
}

/** Gives the port on which reports come in; null: none. */
export async function openFeedbackDoor(house: House): Promise<number | null> {
  const { config, options, onClose, keysDirectory, takeReport } = house
  const { feedbackPort, host, hostname, certificateFile, keyFile } = config.smtp
  const addresses = openSignedAddresses(config, house.key)
  if (feedbackPort === 0 || addresses === null) return null
  const certificate = await loadCertificate({
    directory: keysDirectory,
    hostname,
    clock,
    certificateFile,
    keyFile
  })
  const door = createFeedbackDoor({
    config: { ...config.feedback, host, hostname, feedbackPort },
    certificate,
    readAddress: (address) => addresses.read(address, clock()),
    takeReport,
    log: options.log
  })
  onClose(() => door.close())
  return await door.listen()
}
