/* oxlint-disable no-underscore-dangle -- smtp-server's names: exported and typed for those who extend it */
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import type { SMTPStream } from 'smtp-server/lib/smtp-stream.js'
import { parseEnhancedStatus } from '../../../message/enhanced-status.ts'
import { isLoopback } from '../../../access/networks.ts'
import { refuseBareLineFeeds } from './strict-lines.ts'
import { keepContinuation } from './whole-continuation.ts'

/** Anything but printable ASCII, UTF-8 beyond it, and the tab: no command has a use for it. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/u

/** However slowly it trickles in, a message is complete after this or never (slow-loris). */
const dataDeadlineMs = 15 * 60_000

/** smtp-server's session, held to section 7.6 where it is more lenient than we are. */
export class DoorConnection extends SMTPConnection {
  /** No wait for early talkers: that is a trap for spammers, and ours are our own users. */
  override init(): void {
    this._setListeners(() => setImmediate(() => this.connectionReady()))
  }

  /** A text that brings its own enhanced status gets no second one. */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const own = typeof data === 'string' && parseEnhancedStatus(data) !== undefined
    super.send(code, data, own ? false : context)
  }

  override _createParser(): SMTPStream {
    return keepContinuation(refuseBareLineFeeds(super._createParser()))
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    if (this._upgrading || !controls.test(command.toString('latin1'))) {
      super._onCommand(command, callback)
      return
    }
    this.send(500, '5.5.2 Error: control character in command')
    this.close()
  }

  /** AUTH is offered only where a password cannot be overheard. */
  override handler_EHLO(command: Buffer, callback: () => void): void {
    const before = this.session.disabledCommands
    if (this.#canBeOverheard())
      this.session.disabledCommands = [...this._server.options.disabledCommands, 'AUTH']
    super.handler_EHLO(command, callback)
    if (before === undefined) delete this.session.disabledCommands
    else this.session.disabledCommands = before
  }

  /** RFC 4954 section 4: not before TLS. On loopback there is nobody in between. */
  override handler_AUTH(command: Buffer, callback: () => void): void {
    if (!this.#canBeOverheard()) {
      super.handler_AUTH(command, callback)
      return
    }
    this.send(538, '5.7.11 Encryption required: issue STARTTLS first')
    callback()
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

  #canBeOverheard(): boolean {
    return !this.secure && !isLoopback(this.remoteAddress)
  }
}
