import { splitRecipients } from '../rspamd/reading/split-recipients.ts'

/** What Exim writes above a message that it shows to a scanner (its spool_mbox.c): an mbox line, and the envelope as two fields. */
export interface Spooled {
  /** The message as it was handed in. */
  readonly raw: Uint8Array
  /** null: there are no such lines. */
  readonly envelope: { readonly mailFrom: string; readonly rcptTo: readonly string[] } | null
}

const lf = 0x0a

/**
 * Takes the spool lines off. X-Envelope-To names Bcc recipients: they belong to the envelope, and never into what is learned of the header.
 * Fields of these names further down are the author's own.
 */
export function withoutSpoolLines(body: Uint8Array): Spooled {
  const afterMbox = mboxLineEnd(body)
  if (afterMbox === 0) return { raw: body, envelope: null }
  const from = fieldAt(body, afterMbox, 'x-envelope-from:')
  const to = fieldAt(body, from.end, 'x-envelope-to:')
  return { raw: body.subarray(to.end), envelope: { mailFrom: from.value, rcptTo: splitRecipients(to.value) } }
}

/** Where the header begins: 0, or after the `From ` line of an mbox (RFC 4155). */
export function mboxLineEnd(body: Uint8Array): number {
  const isMbox = mboxStart.every((byte, at) => body[at] === byte)
  return isMbox ? lineAt(body, 0).end : 0
}

const mboxStart = Buffer.from('From ')

function fieldAt(body: Uint8Array, start: number, prefix: string): { value: string; end: number } {
  const { text, end } = lineAt(body, start)
  if (!text.toLowerCase().startsWith(prefix)) return { value: '', end: start }
  return { value: text.slice(prefix.length).trim(), end }
}

function lineAt(body: Uint8Array, start: number): { text: string; end: number } {
  const at = body.indexOf(lf, start)
  const end = at === -1 ? body.length : at + 1
  return { text: Buffer.from(body.buffer, body.byteOffset + start, end - start).toString('utf8'), end }
}
