import { headerLength } from '../../message/header-block.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { asciiOnly } from './printable.ts'

/** The third part of a report: what went wrong, brought back. */
export interface ReturnedMessage {
  readonly contentType: 'text/rfc822-headers' | 'message/rfc822'
  readonly bytes: Buffer
}

/** Enough of a header to recognise the message by. */
const maxHeaderBytes = 32 * 1024
/** A whole message comes back only where it was asked for, and not when the report would be what clogs the mailbox. */
const maxWholeBytes = 256 * 1024

/**
 * RET=FULL brings the message back (RFC 3461 section 4.3), except where all went well, and where it may only travel protected (RFC 8689
 * section 5); anything else its header.
 */
export function returnedMessage(
  { parameters }: Pick<QueuedMessage, 'parameters'>,
  raw: Uint8Array,
  hasFailed: boolean
): ReturnedMessage {
  const isAsked = parameters?.ret === 'FULL' && !parameters.requireTls
  const isWhole = hasFailed && isAsked && raw.length > 0 && raw.length <= maxWholeBytes
  return isWhole
    ? { contentType: 'message/rfc822', bytes: Buffer.from(raw) }
    : { contentType: 'text/rfc822-headers', bytes: headerOf(raw) }
}

/** The header without what may not travel in a 7-bit part; cut at a line end. */
function headerOf(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw.subarray(0, Math.min(headerLength(raw), maxHeaderBytes))).toString('latin1')
  const whole = text.length < maxHeaderBytes ? text : text.slice(0, text.lastIndexOf('\n') + 1)
  return Buffer.from(asciiOnly(whole).replaceAll(/\r?\n/gu, '\r\n'))
}
