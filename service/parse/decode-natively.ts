import { forwardMark, isText } from './build-skeleton.ts'
import { parseParameters } from './content-type.ts'
import { decodeBody } from './decode-body.ts'
import { oneLine, type Decoded } from './decoded.ts'
import { decodeWords } from './encoded-words.ts'
import type { ParseLimits } from './parse-limits.ts'
import { parsePlainAddresses } from './plain-addresses.ts'
import { fieldValue, type ScannedField } from './scan-headers.ts'
import type { ScannedPart } from './scan-structure.ts'

/**
 * Most mail needs no mail library: plain header fields, and bodies whose encoding and charset the runtime decodes itself. The library's
 * streams cost several times as much. Undefined for everything else: groups, comments, rare charsets, flowed text, RFC 2231 names. A test holds both ways to the same result on the same corpus.
 */
export function decodeNatively(
  raw: Uint8Array,
  fields: readonly ScannedField[],
  leaves: readonly ScannedPart[],
  limits: ParseLimits
): Decoded | undefined {
  const subject = decodeWords(fieldValue(fields, 'subject'))
  const from = lastAddresses(fields, 'from')
  const replyTo = lastAddresses(fields, 'reply-to')
  const to = allAddresses(fields, 'to')
  const cc = allAddresses(fields, 'cc')
  if (subject === undefined || !from || !replyTo || !to || !cc) return undefined
  const filenames = leaves.map((leaf) => (isText(leaf) ? null : plainFilename(leaf)))
  if (!filenames.every((filename) => filename !== undefined)) return undefined
  const bodies = decodeBodies(raw, leaves, limits.bodyBytes)
  return bodies && { subject: oneLine(subject), from, to, cc, replyTo, filenames, ...bodies }
}

/** Printable ASCII without encoded words. */
function isPlain(value: string): boolean {
  return /^[\t -~]*$/u.test(value) && !value.includes('=?')
}

function lastAddresses(fields: readonly ScannedField[], name: string): Decoded['from'] | undefined {
  return parsePlainAddresses(fieldValue(fields, name))
}

/** Recipients of repeated fields add up. */
function allAddresses(fields: readonly ScannedField[], name: string): Decoded['to'] | undefined {
  const lists = fields
    .filter(({ lowerName }) => lowerName === name)
    .map(({ value }) => parsePlainAddresses(value))
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined
}

function plainFilename(leaf: ScannedPart): string | null | undefined {
  const disposition = fieldValue(leaf.fields, 'content-disposition')
  const contentType = fieldValue(leaf.fields, 'content-type')
  if (!isPlain(disposition) || !isPlain(contentType) || `${disposition}${contentType}`.includes('*'))
    return undefined
  return parseParameters(disposition).get('filename') ?? parseParameters(contentType).get('name') ?? null
}

function decodeBodies(
  raw: Uint8Array,
  leaves: readonly ScannedPart[],
  maxBytes: number
): Pick<Decoded, 'text' | 'html' | 'cut'> | undefined {
  const texts: string[] = []
  const htmls: string[] = []
  let bytesLeft = maxBytes
  let cut = false
  for (const leaf of leaves) {
    if (!isText(leaf)) continue
    const end = Math.min(leaf.bodyEnd, leaf.bodyStart + bytesLeft)
    const body = decodeBody(raw.subarray(leaf.bodyStart, end), leaf)
    if (body === undefined) return undefined
    bytesLeft -= end - leaf.bodyStart
    cut ||= end < leaf.bodyEnd
    const target = leaf.type === 'text/html' ? htmls : texts
    if (leaf.embedded > 0) target.push(forwardMark(leaf.type))
    if (body !== '') target.push(body)
  }
  return { text: texts.join('\n'), html: htmls.join('<br/>\n'), cut }
}
