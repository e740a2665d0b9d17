import { isAscii } from 'node:buffer'
import { headerLength, withoutFields } from '../../message/header-block.ts'

/** RFC 5322 section 3.6.3: the blind copies' names must not reach the others. Return-Path is the last hop's to write (RFC 5321 section 4.4). */
const dropped = new Set(['bcc', 'resent-bcc', 'return-path'])

/** The message as it leaves: our trace fields first, without the fields that must not travel. Everything else byte for byte. */
export function toOutgoing(raw: Uint8Array, trace: string): Buffer {
  const head = raw.subarray(0, headerLength(raw))
  const body = raw.subarray(head.length)
  return Buffer.concat([Buffer.from(trace), withoutFields(head, dropped), body])
}

/** Whether a byte above 127 occurs: then BODY=8BITMIME is asked for (RFC 6152). */
export function isEightBit(bytes: Uint8Array): boolean {
  return !isAscii(bytes)
}
