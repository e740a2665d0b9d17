import type { RemoteAction, RemoteOutcome } from '../../message/world-report.ts'
import { fieldValue, type ScannedField } from '../../parse/scan-headers.ts'
import { reportedAddress, saying, statusIn } from './typed-value.ts'

export interface PlainBounce {
  readonly recipients: readonly RemoteOutcome[]
  /** Our message, or its beginning, as it stands below the text; '' where it does not. */
  readonly copy: string
}

/** Bounces for people alone, as hosts wrote them before RFC 3464 and some write them still. */
export function readPlainBounce(fields: readonly ScannedField[], text: string): PlainBounce | null {
  const { words, copy } = withoutCopy(text)
  const recipients = readQmail(words) ?? readExim(fields, words) ?? readOther(fields, words)
  return recipients === null ? null : { recipients, copy }
}

/** What parts the words from the copy: qmail, Exim, Postfix, sendmail. */
const ruler =
  /^(?:--- (?:Below this line is|Enclosed is) a copy of the message\.?|-+ ?This is a copy of (?:the|your) message.*|-+ ?(?:Original message|Unsent message|Message header|Returned message).*)$/imu

function withoutCopy(text: string): { readonly words: string; readonly copy: string } {
  const found = ruler.exec(text)
  if (found === null) return { words: text, copy: '' }
  const copy = text.slice(found.index + found[0].length)
  return { words: text.slice(0, found.index), copy: copy.replace(/^[\s-]+/u, '') }
}

/** Recipients that one text can name. */
const maxRecipients = 100
/** Lines of reason behind an address that are kept. */
const maxReasonLines = 12

/** QSBMF: paragraphs that begin with `<address>:`. */
function readQmail(words: string): readonly RemoteOutcome[] | null {
  if (!/^Hi\. This is the /mu.test(words)) return null
  const found = words.split(/\n[\t ]*\n/u).flatMap((paragraph) => {
    const [first = '', ...rest] = paragraph.trim().split('\n')
    const address = /^<([^<>]+)>:\s*$/u.exec(first.trim())?.[1]
    return address === undefined ? [] : [toOutcome(address, rest.slice(0, maxReasonLines).join(' '))]
  })
  return found.length === 0 ? null : found.slice(0, maxRecipients)
}

/** Exim: addresses in X-Failed-Recipients, or alone on an indented line, with the reason indented deeper below. */
function readExim(fields: readonly ScannedField[], words: string): readonly RemoteOutcome[] | null {
  const named = fieldValue(fields, 'x-failed-recipients')
  const isExim = named !== '' || /created automatically by mail delivery software/iu.test(words)
  if (!isExim) return null
  const action: RemoteAction = /has not yet been delivered|delivery attempts will continue/iu.test(words)
    ? 'delayed'
    : 'failed'
  const reasons = indentedReasons(words)
  const addresses = new Set(
    [...named.split(',').slice(0, maxRecipients), ...reasons.keys()].flatMap(
      (one) => reportedAddress(one.trim()) ?? []
    )
  )
  if (addresses.size === 0) return null
  return Array.from(addresses, (one) => toOutcome(one, reasons.get(one.toLowerCase()) ?? '', action)).slice(
    0,
    maxRecipients
  )
}

function indentedReasons(words: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  let open: string | null = null
  let lines = 0
  for (const line of words.split('\n')) {
    const address = /^ {1,4}<?([^\s<>()]+@[^\s<>()]+?)>?:?\s*$/u.exec(line)?.[1]
    if (address !== undefined && reasons.size < maxRecipients) {
      open = address.toLowerCase()
      lines = 0
      reasons.set(open, '')
    } else if (open !== null && /^ {3,}\S/u.test(line) && lines < maxReasonLines) {
      reasons.set(open, `${reasons.get(open) ?? ''} ${line.trim()}`)
      lines += 1
    } else if (line.trim() === '') open = null
  }
  return reasons
}

/** Anybody else: only what a mail system wrote, and only where a reply of a host stands in it. Whom it is about, the return path tells. */
function readOther(fields: readonly ScannedField[], words: string): readonly RemoteOutcome[] | null {
  if (!/mailer-daemon|postmaster|mail[ _-]?delivery/iu.test(fieldValue(fields, 'from'))) return null
  const subject = fieldValue(fields, 'subject')
  if (
    !/undeliver|not delivered|fail|returned|delivery (?:error|problem)|unzustellbar|non remis/iu.test(subject)
  )
    return null
  const reply =
    /^.{0,200}\b5\d\d[ -].{0,300}$/mu.exec(words)?.[0] ??
    /^.{0,100}\b5\.\d{1,3}\.\d{1,3}\b.{0,300}$/mu.exec(words)?.[0]
  if (reply === undefined) return null
  return [{ addresses: [], action: 'failed', status: statusIn(reply), diagnostic: saying(reply), host: null }]
}

function toOutcome(address: string, reason: string, action: RemoteAction = 'failed'): RemoteOutcome {
  const known = reportedAddress(address)
  const host =
    /\bhost ([A-Za-z0-9.-]{4,200}) \[/u.exec(reason)?.[1] ??
    /^\s*([A-Za-z0-9.-]{4,200}) (?:does not like|failed)/u.exec(reason)?.[1]
  return {
    addresses: known === null ? [] : [known],
    action,
    status: statusIn(reason),
    diagnostic: saying(reason),
    host: host?.toLowerCase() ?? null
  }
}
