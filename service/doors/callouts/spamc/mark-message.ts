import { headerLength, withoutFields } from '../../../message/header-block.ts'
import { labelNames } from '../asking/label-fields.ts'
import { mboxLineEnd } from '../spamd-wire/spool-lines.ts'

/** A header field to be put on top: printable ASCII. */
export interface Mark {
  readonly name: string
  readonly value: string
}

/** Only the scanner writes these: what a message brings along would speak for us. */
const ours: ReadonlySet<string> = new Set(
  ['X-Spam-Flag', 'X-Spam-Status', 'X-Spam-Level', ...labelNames].map((name) => name.toLowerCase())
)

/** The message with these fields on top, in its own line ends, after the `From ` line if it is out of an mbox. */
export function marked(message: Uint8Array, marks: readonly Mark[]): Buffer {
  const start = mboxLineEnd(message)
  const lineEnd = lineEndOf(message)
  const top = marks.map(({ name, value }) => `${name}: ${value}${lineEnd}`).join('')
  return Buffer.concat([
    message.subarray(0, start),
    Buffer.from(top, 'latin1'),
    withoutFields(message.subarray(start), ours)
  ])
}

/** The header of it and the empty line: what `HEADERS` gives back. */
export function markedHeader(message: Uint8Array, marks: readonly Mark[]): Buffer {
  const whole = marked(message, marks)
  return Buffer.concat([whole.subarray(0, headerLength(whole)), Buffer.from(lineEndOf(message))])
}

function lineEndOf(message: Uint8Array): '\n' | '\r\n' {
  const at = message.indexOf(0x0a)
  return at > 0 && message[at - 1] === 0x0d ? '\r\n' : '\n'
}
