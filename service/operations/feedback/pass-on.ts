import { rfc5322Date } from '../../message/rfc5322-date.ts'
import type { Queue } from '../../queue/queue.ts'
import type { NewMessage } from '../../queue/records/new-message.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { countHops, messageIdOf } from '../trace-header.ts'
import type { Allowance } from './allowance.ts'
import type { ReportOutcome } from './report-outcome.ts'

export interface PassOnOptions {
  readonly queue: Pick<Queue, 'get' | 'recordLate' | 'enqueue' | 'prepareBody' | 'discardBody' | 'wake'>
  readonly hostname: string
  /** By sender: a mailbox is not to be buried by what comes back. */
  readonly passOnAllowance: Allowance
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly metrics: Pick<Metrics, 'count'>
}

/** RFC 5321 section 6.3 asks for at least 100; a report has come a short way, and nobody answers it. */
const maxHops = 50

/** Mail to a return path that only a person understands goes to the message's sender as it is; from nobody, so that nothing comes back. */
export async function passOn(
  messageId: string,
  raw: Uint8Array,
  options: PassOnOptions
): Promise<ReportOutcome> {
  const { queue, passOnAllowance, accept } = options
  const message = queue.get(messageId)
  const sender = message?.envelope.mailFrom ?? null
  if (message === undefined || sender === null) return { kind: 'unknown-message' }
  if (countHops(raw) > maxHops) return { kind: 'loop' }
  if (!passOnAllowance.take(sender)) return { kind: 'too-many' }
  const passed = toPassed(message, raw, options)
  await queue.prepareBody(passed.id, raw)
  try {
    await accept(() => queue.enqueue(passed))
  } catch (error) {
    await queue.discardBody(passed.id, raw.length)
    throw error
  }
  queue.wake()
  return { kind: 'taken' }
}

function toPassed(
  { submissionId, envelope }: QueuedMessage,
  raw: Uint8Array,
  { hostname, clock, newId }: PassOnOptions
): NewMessage {
  const id = newId()
  const at = clock()
  const trace = `Received: by ${hostname} (Sluice) with ESMTP id ${id};\r\n\t${rfc5322Date(at)}\r\n`
  const client = { ip: null, helo: null, port: null, tls: null }
  return {
    id,
    submissionId,
    verdictId: '',
    senderId: '',
    envelope: { mailFrom: null, rcptTo: envelope.mailFrom === null ? [] : [envelope.mailFrom] },
    label: 'normal',
    raw,
    messageId: messageIdOf(raw),
    subject: '',
    origin: { client, auth: null, sender: null, receivedAt: at, trace },
    acceptedAt: at
  }
}
