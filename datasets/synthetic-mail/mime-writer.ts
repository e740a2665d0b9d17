import { Buffer } from 'node:buffer'
import type { Mailbox } from './mail.ts'
import type { MailProgram } from './mail-programs.ts'

/** One node of the MIME tree: bytes for a leaf, parts for a multipart. */
export type MimeNode =
  | { readonly kind: 'text'; readonly type: 'text/plain' | 'text/html'; readonly text: string }
  | {
      readonly kind: 'file'
      readonly type: string
      readonly fileName: string
      readonly bytes: Uint8Array
      readonly inlineId?: string
    }
  | { readonly kind: 'multipart'; readonly type: string; readonly parts: readonly MimeNode[] }

export interface MimeMessage {
  /** By lower-cased name; Content-* and MIME-Version are added by the writer. */
  readonly fields: ReadonlyMap<string, string>
  readonly root: MimeNode
  readonly program: MailProgram
  readonly boundary: () => string
}

/** The one writer of all synthetic mail, honest and bad: only the program decides how bytes look. CRLF line ends. */
export function writeMime({ fields, root, program, boundary }: MimeMessage): Uint8Array {
  const body = encodeNode(root, program, boundary)
  const all = new Map([...fields, ...body.fields, ['mime-version', program.mimeVersion]])
  const lines: string[] = []
  for (const name of program.fields.split(' ')) {
    const value = all.get(name.toLowerCase())
    if (value !== undefined) lines.push(fold(`${name}: ${value}`))
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.text}\r\n`, 'utf8')
}

interface Encoded {
  readonly fields: Map<string, string>
  readonly text: string
}

function encodeNode(node: MimeNode, program: MailProgram, boundary: () => string): Encoded {
  if (node.kind === 'text') return encodeText(node.type, node.text, program)
  if (node.kind === 'file') return encodeFile(node, program)
  const mark = boundary()
  const parts = node.parts.map((part) => {
    const { fields, text } = encodeNode(part, program, boundary)
    const head = [...fields].map(([name, value]) => fold(`${spelled(name)}: ${value}`)).join('\r\n')
    return `--${mark}\r\n${head}\r\n\r\n${text}\r\n`
  })
  const preamble = program.preamble === '' ? '' : `${program.preamble}\r\n`
  return {
    fields: new Map([['content-type', `${node.type};\n boundary="${mark}"`]]),
    text: `${preamble}${parts.join('')}--${mark}--\r\n`
  }
}

function encodeText(type: string, text: string, program: MailProgram): Encoded {
  const ascii = isAscii(text)
  const charset = ascii && program.encoding === '8bit' ? 'us-ascii' : 'utf-8'
  const flowed = program.flowed && type === 'text/plain' ? '; format=flowed' : ''
  const long = text.split('\n').some((line) => Buffer.byteLength(line) > 990)
  const chosen = program.encoding === '8bit' && long ? 'quoted-printable' : program.encoding
  const encoding = chosen === '8bit' && ascii ? '7bit' : chosen
  return {
    fields: new Map([
      ['content-type', `${type}; charset=${charset}${flowed}`],
      ['content-transfer-encoding', encoding]
    ]),
    text: encodeBody(text, chosen)
  }
}

function encodeFile(file: MimeNode & { kind: 'file' }, program: MailProgram): Encoded {
  const name = encodeWords(file.fileName, program)
  const fields = new Map([
    ['content-type', `${file.type};\n name="${name}"`],
    ['content-transfer-encoding', 'base64'],
    ['content-disposition', `${file.inlineId === undefined ? 'attachment' : 'inline'};\n filename="${name}"`]
  ])
  if (file.inlineId !== undefined) fields.set('content-id', `<${file.inlineId}>`)
  return { fields, text: base64Lines(Buffer.from(file.bytes)) }
}

function encodeBody(text: string, encoding: MailProgram['encoding']): string {
  const crlf = text.replaceAll('\n', '\r\n')
  if (encoding === '8bit') return crlf
  return encoding === 'base64' ? base64Lines(Buffer.from(crlf, 'utf8')) : quotedPrintable(text)
}

function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?=.)/gu, '$&\r\n')
}

/** RFC 2045 section 6.7. */
function quotedPrintable(text: string): string {
  return text.split('\n').map(quotedPrintableLine).join('\r\n')
}

function quotedPrintableLine(line: string): string {
  let written = ''
  let column = 0
  const bytes = Buffer.from(line, 'utf8')
  bytes.forEach((byte, index) => {
    const plain = (byte >= 33 && byte <= 126 && byte !== 61) || (byte === 32 && index < bytes.length - 1)
    const mark = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
    if (column + mark.length > 75) {
      written += '=\r\n'
      column = 0
    }
    written += mark
    column += mark.length
  })
  return written
}

/** A Mailbox as fields write it (RFC 5322 section 3.4). */
export function mailboxText({ name, address }: Mailbox, program: MailProgram): string {
  if (name === '') return address
  if (!isAscii(name)) return `${encodeWords(name, program)} <${address}>`
  const needsQuotes = program.alwaysQuotesNames || !/^[\w !#$%&'*+/=?^`{|}~-]+$/u.test(name)
  return needsQuotes ? `"${name.replaceAll(/["\\]/gu, '\\$&')}" <${address}>` : `${name} <${address}>`
}

/** Encoded words (RFC 2047): at most 75 characters each, never splitting a character. */
export function encodeWords(text: string, { headerEncoding }: Pick<MailProgram, 'headerEncoding'>): string {
  if (isAscii(text)) return text
  const words: string[] = []
  let pending = ''
  for (const character of text) {
    if (encodeWord(pending + character, headerEncoding).length > 74) {
      words.push(encodeWord(pending, headerEncoding))
      pending = ''
    }
    pending += character
  }
  return [...words, encodeWord(pending, headerEncoding)].join(' ')
}

function encodeWord(text: string, encoding: 'B' | 'Q'): string {
  const bytes = Buffer.from(text, 'utf8')
  if (encoding === 'B') return `=?UTF-8?B?${bytes.toString('base64')}?=`
  const marks = [...bytes].map((byte) => {
    const mark = String.fromCharCode(byte)
    if (mark === ' ') return '_'
    return /[A-Za-z0-9]/u.test(mark) && byte < 128
      ? mark
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return `=?UTF-8?Q?${marks.join('')}?=`
}

/** Folds before a blank where a line would pass 78 characters (RFC 5322 section 2.2.3). Line feeds given stay as folds. */
function fold(field: string): string {
  return field.split('\n').map(foldLine).join('\r\n')
}

function foldLine(line: string): string {
  const lines: string[] = []
  let rest = line
  while (rest.length > 78) {
    const blank = rest.lastIndexOf(' ', 78)
    const at = blank > 1 ? blank : rest.indexOf(' ', 79)
    if (at < 0 || /^[\w-]+:$/u.test(rest.slice(0, at))) break
    lines.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...lines, rest].join('\r\n')
}

function spelled(name: string): string {
  return name
    .replaceAll(/(^|-)([a-z])/gu, (_all, dash: string, letter: string) => `${dash}${letter.toUpperCase()}`)
    .replace('-Id', '-ID')
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- seven bits, controls included, is what 7bit means
  return /^[\u0000-\u007f]*$/u.test(text)
}
