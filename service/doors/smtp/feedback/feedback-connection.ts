/* oxlint-disable no-underscore-dangle -- smtp-server's names: exported and typed for those who extend it */
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import { parseEnhancedStatus } from '../../../message/enhanced-status.ts'

/** However slowly it trickles in, a report is complete after this or never (slow-loris). */
const dataDeadlineMs = 5 * 60_000

/** smtp-server's session, with our own enhanced status where we say one, and an end to every message. */
export class FeedbackConnection extends SMTPConnection {
  /** No wait for early talkers: mail servers that report come by the thousand and do not deserve it. */
  override init(): void {
    this._setListeners(() => setImmediate(() => this.connectionReady()))
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const own = typeof data === 'string' && parseEnhancedStatus(data) !== undefined
    super.send(code, data, own ? false : context)
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    super.handler_DATA(command, callback)
    const stream = this._dataStream
    if (!stream) return
    const timer = setTimeout(() => this.send(421, '4.4.2 Message took too long'), dataDeadlineMs)
    timer.unref()
    stream.once('close', () => clearTimeout(timer))
  }

  /** Nothing is being received or decided: the connection may be ended now. */
  get isIdle(): boolean {
    return !this._dataStream && !this._handlerPending
  }
}
