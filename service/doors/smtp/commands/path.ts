import { isIPv4, isIPv6 } from 'node:net'

export interface Path {
  /** The mailbox, a source route and needless quotes taken off; `''` for `<>`. */
  readonly mailbox: string
  /** What follows the closing bracket. */
  readonly rest: string
}

const atext = String.raw`[A-Za-z0-9!#$%&'*+\-/=?^_\x60{|}~\u0080-\u{10ffff}]`
const quotedText = String.raw`(?:[ !#-[\]-~\u0080-\u{10ffff}]|\\[ -~])*`
/** The underscore is in no host name, but in the domains of some. */
const domainText = String.raw`[A-Za-z0-9_.\-\u0080-\u{10ffff}]+`
const pathPattern = new RegExp(
  `^<(?:@${domainText}(?:,@${domainText})*:)?(?:(${atext}+(?:\\.${atext}+)*)|"(${quotedText})")(?:@(${domainText}|\\[[^\\]\\[\\s]*\\]))?>`,
  'u'
)

/** A path of MAIL FROM or RCPT TO (RFC 5321 section 4.1.2). `postmaster` alone needs no domain (section 4.5.1). */
export function takePath(argument: string): Path | undefined {
  if (argument.startsWith('<>')) return { mailbox: '', rest: argument.slice(2) }
  const found = pathPattern.exec(argument)
  if (found === null) return undefined
  const [whole, dotted, quoted = '', domain] = found
  const local = dotted ?? plain(quoted)
  if (domain === undefined)
    return local.toLowerCase() === 'postmaster'
      ? { mailbox: local, rest: argument.slice(whole.length) }
      : undefined
  if (!isDomain(domain)) return undefined
  return { mailbox: `${local}@${domain}`, rest: argument.slice(whole.length) }
}

const dotStringPattern = new RegExp(`^${atext}+(?:\\.${atext}+)*$`, 'u')

/** Section 4.1.2: quotes that nothing needs mean the same as none. */
function plain(quoted: string): string {
  const bare = quoted.replaceAll(/\\(.)/gu, '$1')
  return dotStringPattern.test(bare) ? bare : `"${quoted}"`
}

function isDomain(text: string): boolean {
  if (text.startsWith('[')) return isLiteral(text.slice(1, -1))
  return text.length <= 255 && text.split('.').every(isLabel)
}

function isLabel(label: string): boolean {
  return label !== '' && label.length <= 63 && !label.startsWith('-') && !label.endsWith('-')
}

/** Section 4.1.3. Of the general form nothing is registered but `IPv6:`. */
function isLiteral(text: string): boolean {
  return /^ipv6:/iu.test(text) ? isIPv6(text.slice(5)) : isIPv4(text)
}
