/* oxlint-disable no-underscore-dangle -- smtp-server's names: exported and typed for those who extend it */
import type { SMTPStream } from 'smtp-server/lib/smtp-stream.js'

/**
 * Lets a client pipeline one message behind the other (RFC 2920). smtp-server 3.21.6 forgets, after it has run what follows a message,
 * whatever that left to be continued; if the next message ended in the same segment, the session would hang.
 */
export function keepContinuation(parser: SMTPStream): SMTPStream {
  parser.continue = function continueOnce() {
    const next = parser._continueCallback
    if (typeof next === 'function') {
      parser._continueCallback = false
      next()
    } else {
      // The message was decided before its end: what follows it goes on at once
      parser._continueCallback = true
    }
  }
  return parser
}
