import { labelNames } from '../asking/label-fields.ts'

/** A message with more is hostile, and no mail server takes so many changes: the bridge to milters takes a thousand. */
export const maxForged = 500

/**
 * Which header fields of a message bear a name that only we write: their places among all fields, from 0, ascending; one more than
 * `maxForged` at most.
 */
export function forgedLabels(message: Uint8Array): readonly number[] {
  const places: number[] = []
  let fields = 0
  for (let at = 0; at < message.length && !isEmptyLine(message, at); at = nextLine(message, at)) {
    if (isFold(message[at])) continue
    if (isOurs(message, at)) places.push(fields)
    if (places.length > maxForged) return places
    fields += 1
  }
  return places
}

/** The end of the header. */
function isEmptyLine(message: Uint8Array, at: number): boolean {
  return message[at] === lineFeed || (message[at] === carriageReturn && message[at + 1] === lineFeed)
}

/** RFC 5322 section 2.2.3: a line that begins with white space belongs to the field above it. */
function isFold(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09
}

/** With blanks before the colon too: readers forgive them (RFC 5322 section 4.5). */
function isOurs(message: Uint8Array, at: number): boolean {
  const first = message[at]
  if (first !== 0x58 && first !== 0x78) return false
  return ours.test(Buffer.from(message.subarray(at, at + 64)).toString('latin1'))
}

const ours = new RegExp(`^(?:${labelNames.join('|')})[ \\t]*(?::|$)`, 'iu')

function nextLine(message: Uint8Array, at: number): number {
  const end = message.indexOf(lineFeed, at)
  return end === -1 ? message.length : end + 1
}

const lineFeed = 0x0a
const carriageReturn = 0x0d
