import { encodeWords } from '../../../datasets/synthetic-mail/mime-writer.ts'
import type { MailTemplate } from './mail-template.ts'

/** What stands between two lines of a folded value. */
export interface Folding {
  readonly eol: string
  /** White space that starts a continued line. */
  readonly indent: string
  /** A recipient a line, as `git send-email` writes them. */
  readonly oneEach: boolean
}

const maxLine = 78

/** How the program that wrote this value folds it. */
export function foldingOf(value: string, eol: string): Folding {
  const indent = /\n([ \t]+)/u.exec(value)?.[1] ?? ' '
  const commas = value.split(',').length - 1
  const folds = value.split(/,[ \t]*\r?\n/u).length - 1
  return { eol, indent, oneEach: commas > 0 && folds === commas }
}

/** An address list (RFC 5322 section 3.4) after the colon and its blank. */
export function addressList(mailboxes: readonly string[], nameLength: number, folding: Folding): string {
  const { eol, indent, oneEach } = folding
  let column = nameLength
  let list = ''
  for (const mailbox of mailboxes) {
    const breaks = list !== '' && (oneEach || column + mailbox.length + 2 > maxLine)
    if (list !== '') list += breaks ? `,${eol}${indent}` : ', '
    column = breaks ? indent.length + mailbox.length : column + mailbox.length + 2
    list += mailbox
  }
  return list
}

/** Message-IDs of a thread (RFC 5322 section 3.6.4), folded between them. */
export function identifierList(ids: readonly string[], nameLength: number, { eol, indent }: Folding): string {
  return foldWords(ids, nameLength, eol, indent)
}

/** Unstructured text as encoded words of the template's kind where ASCII does not do (RFC 2047). */
export function unstructured(
  text: string,
  nameLength: number,
  { eol }: Folding,
  encoding: 'B' | 'Q'
): string {
  const clean = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  const encoded = encodeWords(clean, { headerEncoding: encoding })
  return foldWords(encoded.split(' '), nameLength, eol, ' ')
}

/** The encoding of words that this header prefers. */
export function wordEncodingOf({ fields }: MailTemplate): 'B' | 'Q' {
  return fields.some(({ value }) => /=\?[\w-]+\?b\?/iu.test(value)) ? 'B' : 'Q'
}

function foldWords(words: readonly string[], nameLength: number, eol: string, indent: string): string {
  let column = nameLength
  let line = ''
  for (const [index, word] of words.entries()) {
    const breaks = index > 0 && column + word.length + 1 > maxLine
    line += index === 0 ? word : breaks ? `${eol}${indent}${word}` : ` ${word}`
    column = breaks ? indent.length + word.length : column + word.length + 1
  }
  return line
}

export interface WrittenMailbox {
  /** Lower case. */
  readonly address: string
  /** As a field wrote it, unfolded: name and all. */
  readonly text: string
}

/** The same name with another address. */
export function withAddress({ text }: WrittenMailbox, address: string): string {
  return /<[^<>]*>\s*$/u.test(text) ? text.replace(/<[^<>]*>\s*$/u, () => `<${address}>`) : address
}

/** Longer pieces of an address list are no mailbox. */
const maxMailbox = 1_000

/** Mailboxes of an unfolded field value; commas in quotes belong to names. What holds no address is passed over. */
export function mailboxesIn(value: string): readonly WrittenMailbox[] {
  return splitAtCommas(value).flatMap((piece) => {
    const text = piece.trim()
    if (text.length > maxMailbox) return []
    const address = /<([^<>\s]+@[^<>\s]+)>$/u.exec(text)?.[1] ?? /^[^\s<>"()]+@[^\s<>"()]+$/u.exec(text)?.[0]
    return address === undefined ? [] : [{ address: address.toLowerCase(), text }]
  })
}

function splitAtCommas(value: string): readonly string[] {
  const pieces: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at]
    if (sign === '\\') at += 1
    else if (sign === '"') isQuoted = !isQuoted
    else if (sign === ',' && !isQuoted) {
      pieces.push(value.slice(start, at))
      start = at + 1
    }
  }
  return [...pieces, value.slice(start)]
}
