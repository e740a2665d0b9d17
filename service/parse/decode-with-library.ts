import { MailParser, type AddressObject, type EmailAddress } from 'mailparser'
import { buildSkeleton, contentId } from './build-skeleton.ts'
import { oneLine, toMailbox, type Decoded } from './decoded.ts'
import type { ParseLimits } from './parse-limits.ts'
import type { Mailbox } from './parsed-message.ts'
import type { ScannedField } from './scan-headers.ts'
import type { ScannedPart } from './scan-structure.ts'

const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepDeliveryStatus: true
}

/** Decodes encoded words, addresses, transfer encodings and charsets with the mail library. Rejects only on its faults. */
export async function decodeWithLibrary(
  raw: Uint8Array,
  fields: readonly ScannedField[],
  leaves: readonly ScannedPart[],
  limits: ParseLimits
): Promise<Decoded> {
  const { bytes, cut } = buildSkeleton(raw, fields, leaves, limits)
  const { filenameOf, ...decoded } = await runParser(bytes)
  return { ...decoded, filenames: leaves.map((_, index) => filenameOf.get(contentId(index)) ?? null), cut }
}

interface Parsed extends Omit<Decoded, 'cut' | 'filenames'> {
  readonly filenameOf: ReadonlyMap<string, string>
}

function runParser(bytes: Buffer): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const parser = new MailParser(options)
    const filenameOf = new Map<string, string>()
    let headers: ReadonlyMap<string, unknown> = new Map()
    let text = ''
    let html = ''
    parser.on('headers', (found) => (headers = found))
    parser.on('data', (data) => {
      if (data.type === 'attachment') {
        if (data.contentId !== undefined && data.filename !== undefined)
          filenameOf.set(data.contentId, data.filename)
        data.content.on('error', reject)
        data.content.on('end', () => data.release())
        data.content.resume()
        return
      }
      text = data.text ?? ''
      html = typeof data.html === 'string' ? data.html : ''
    })
    parser.on('error', reject)
    parser.on('end', () => resolve({ ...decodedHeaders(headers), text, html, filenameOf }))
    parser.end(bytes)
  })
}

function decodedHeaders(headers: ReadonlyMap<string, unknown>): Omit<Parsed, 'text' | 'html' | 'filenameOf'> {
  const subject = headers.get('subject')
  return {
    subject: typeof subject === 'string' ? oneLine(subject) : '',
    from: mailboxes(headers.get('from')),
    to: mailboxes(headers.get('to')),
    cc: mailboxes(headers.get('cc')),
    replyTo: mailboxes(headers.get('reply-to'))
  }
}

/** Groups (RFC 5322 section 3.4) are flattened: their members receive the message like everybody else. */
function mailboxes(value: unknown): Mailbox[] {
  const objects = Array.isArray(value) ? value : [value]
  const found: Mailbox[] = []
  const waiting: EmailAddress[] = objects.filter(isAddressObject).flatMap((object) => object.value)
  for (const entry of waiting) {
    if (entry.group) waiting.push(...entry.group)
    else found.push(toMailbox(entry.name, entry.address ?? ''))
  }
  return found
}

function isAddressObject(value: unknown): value is AddressObject {
  return typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
}
