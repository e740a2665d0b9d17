import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import type { SignedRecipient } from '../../../message/world-report.ts'
import type { ReportOutcome } from '../../../operations/feedback/report-outcome.ts'
import type { TakeReport } from '../../../operations/feedback/take-report.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import { readBytes } from './read-bytes.ts'
import { reply, type SmtpReply } from '../verbs/reply.ts'
import { Refusal } from './refusal.ts'

export interface ReceivingOptions {
  /** null: no address of ours, forged, or past its time. */
  readonly readAddress: (address: string) => SignedRecipient | null
  readonly takeReport: TakeReport
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  readonly maxReportBytes: number
  readonly maxConnections: number
  readonly budget: ByteBudget
}

/** One address gets at most this share of the connections. */
const shareOfOneAddress = 0.5
/** Addresses that were not ours, after which a connection ends. */
const maxGuesses = 5

type Callbacks = Required<Pick<SMTPServerOptions, 'onConnect' | 'onRcptTo' | 'onData' | 'onClose'>>

/** The verbs: who may connect, which recipients are ours, and the report itself. */
export function createReceiving(options: ReceivingOptions): Callbacks {
  const { readAddress, log } = options
  const maxPerAddress = Math.max(1, Math.floor(options.maxConnections * shareOfOneAddress))
  const open = new Map<string, Set<SMTPServerSession['id']>>()
  const guesses = new WeakMap<object, number>()
  return { onConnect, onRcptTo, onData, onClose }

  function onConnect(...[session, callback]: Parameters<Callbacks['onConnect']>): void {
    const ofAddress = open.get(session.remoteAddress) ?? new Set()
    if (ofAddress.size >= maxPerAddress)
      return callback(new Refusal(reply(421, '4.3.2', 'Too many connections, try again later')))
    open.set(session.remoteAddress, ofAddress.add(session.id))
    return callback()
  }

  function onClose(session: SMTPServerSession): void {
    const ofAddress = open.get(session.remoteAddress)
    ofAddress?.delete(session.id)
    if (ofAddress?.size === 0) open.delete(session.remoteAddress)
  }

  function onRcptTo(...[{ address }, session, callback]: Parameters<Callbacks['onRcptTo']>): void {
    // One report, one message: whoever has another sends it next
    if (session.envelope.rcptTo.length > 0)
      return callback(new Refusal(reply(452, '4.5.3', 'One recipient at a time')))
    if (readAddress(address) !== null) return callback()
    const wrong = (guesses.get(session) ?? 0) + 1
    guesses.set(session, wrong)
    log.info('feedback.recipient_refused', { ip: session.remoteAddress })
    if (wrong > maxGuesses) return callback(new Refusal(reply(421, '4.7.0', 'Too many unknown recipients')))
    return callback(new Refusal(reply(550, '5.1.1', 'No such address here')))
  }

  function onData(...[stream, session, callback]: Parameters<Callbacks['onData']>): void {
    // A client that goes away makes the stream fail: reading it sees that, the event itself needs an ear
    stream.on('error', () => undefined)
    const [recipient] = session.envelope.rcptTo
    const about = recipient === undefined ? null : readAddress(recipient.address)
    void answer()

    async function answer(): Promise<void> {
      const said = await receive(stream, session, about, options)
      if (said.code === 250) callback(null, `${said.status} ${said.text}`)
      else callback(new Refusal(said))
    }
  }
}

/** Resolves in any case. */
async function receive(
  stream: SMTPServerDataStream,
  { envelope, remoteAddress }: SMTPServerSession,
  about: SignedRecipient | null,
  { takeReport, budget, maxReportBytes, log }: ReceivingOptions
): Promise<SmtpReply> {
  const read = await readBytes(stream, maxReportBytes, budget)
  if (read.kind !== 'read') return unread[read.kind]
  try {
    if (about === null) return reply(550, '5.1.1', 'No such address here')
    const mailFrom = (envelope.mailFrom && envelope.mailFrom.address) || null
    return replyTo(await takeReport({ about, mailFrom, raw: read.raw }))
  } catch (error) {
    log.error('feedback.report_failed', { ip: remoteAddress, error })
    return reply(451, '4.3.0', 'Local error, try again later')
  } finally {
    budget.give(read.raw.length)
  }
}

const unread = {
  'too-large': reply(552, '5.3.4', 'Report too large'),
  'no-room': reply(451, '4.3.2', 'Too busy, try again later'),
  'bare-line-end': reply(554, '5.6.0', 'Bare line feed or carriage return'),
  'cut-off': reply(451, '4.4.2', 'Incomplete report')
} as const

/** `250` is said only of what is on disk, or had come before. */
function replyTo({ kind }: ReportOutcome): SmtpReply {
  switch (kind) {
    case 'taken':
    case 'repeated':
      return reply(250, '2.0.0', 'Ok: noted')
    case 'too-early':
      return reply(451, '4.3.0', 'Not known yet, try again later')
    case 'too-many':
      return reply(451, '4.7.1', 'Too many reports, try again later')
    case 'unknown-message':
      return reply(550, '5.1.1', 'The message is not known any more')
    case 'not-a-report':
      return reply(550, '5.7.1', 'Only reports about mail from here are taken')
    case 'loop':
      return reply(554, '5.4.6', 'Mail loop')
  }
}
