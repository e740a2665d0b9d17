/* oxlint-disable no-underscore-dangle -- smtp-server's names: exported and typed for those who extend it */
import type { SMTPStream } from 'smtp-server/lib/smtp-stream.js'

const lf = 0x0a
const cr = 0x0d

/**
 * Makes the parser refuse commands that end in a bare line feed. smtp-server takes them, and a server that reads line ends more
 * generously than the one before it can be made to see commands where that one saw text (SMTP smuggling; RFC 5321 section 2.3.8:
 * only CRLF ends a line). Message data passes: it is checked as a whole when it is complete.
 */
export function refuseBareLineFeeds(parser: SMTPStream): SMTPStream {
  const write = parser._write.bind(parser)
  parser._write = function writeStrictly(chunk, encoding, next) {
    const at = parser._dataMode ? -1 : bareLineFeed(chunk, parser._remainder.endsWith('\r'))
    if (at === -1) {
      write(chunk, encoding, next)
      return
    }
    const rest = chunk.subarray(at)
    // What stands before it may begin a message: then it is text, not a command
    const decide = (error?: Error | null): void => {
      if (error) next(error)
      else if (parser._dataMode || parser.isClosed) write(rest, encoding, next)
      else next(new Error('line feed without carriage return'))
    }
    if (at === 0) decide()
    else write(chunk.subarray(0, at), encoding, decide)
  }
  return parser
}

/** Index of the first line feed without a carriage return before it, or -1. */
export function bareLineFeed(bytes: Uint8Array, afterReturn = false): number {
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    if (at === 0 ? !afterReturn : bytes[at - 1] !== cr) return at
  }
  return -1
}

/** Index of the first carriage return without a line feed after it, or -1. */
export function bareReturn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(cr); at !== -1; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] !== lf) return at
  }
  return -1
}
