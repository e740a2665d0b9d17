import { toMailbox } from './decoded.ts'
import { decodeWords } from './encoded-words.ts'
import type { Mailbox } from './parsed-message.ts'

/** What nearly every address field holds: `Name <a@b>`, `"Name, of X" <a@b>`, `<a@b>` or `a@b`, separated by commas. */
const shape =
  /^(?:(?:"([^"\\<>]*)"|([^"\\<>@,;:()[\]]*?))\s*<([^\s"\\<>@,;:()[\]]+@[^\s"\\<>@,;:()[\]]+)>|([^\s"\\<>@,;:()[\]]+@[^\s"\\<>@,;:()[\]]+))$/u

/** An empty group (RFC 5322 section 3.4): the recipients are in the envelope only. */
const undisclosed = /^undisclosed[ -]recipients?\s*:\s*;?$/iu

/** More are left to the mail library, which then counts. */
const maxLength = 8_000

/** Mailboxes of a field without groups, comments and escapes; undefined if there is anything of that kind. */
export function parsePlainAddresses(value: string): readonly Mailbox[] | undefined {
  if (value === '' || undisclosed.test(value)) return []
  if (value.length > maxLength) return undefined
  const found = splitAtCommas(value).map((piece) => toPlainMailbox(piece.trim()))
  return found.every((mailbox) => mailbox !== undefined) ? found : undefined
}

function toPlainMailbox(text: string): Mailbox | undefined {
  const [, quoted, bare, inBrackets, alone] = shape.exec(text) ?? []
  const address = inBrackets ?? alone
  const name = decodeWords((quoted ?? bare ?? '').trim())
  // The library shows international domains in their own script.
  if (address === undefined || name === undefined || address.includes('=?') || /@xn--/iu.test(address))
    return undefined
  return toMailbox(name, address)
}

/** Commas inside quotes belong to names. */
function splitAtCommas(value: string): readonly string[] {
  if (!value.includes('"')) return value.split(',')
  const pieces: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at]
    if (sign === '"') isQuoted = !isQuoted
    if (sign !== ',' || isQuoted) continue
    pieces.push(value.slice(start, at))
    start = at + 1
  }
  pieces.push(value.slice(start))
  return pieces
}
