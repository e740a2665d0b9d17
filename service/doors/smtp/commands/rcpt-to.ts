import { parseAddress, type Address } from '../../../message/address.ts'
import type { RecipientParameters } from '../../../message/mail-parameters.ts'
import { reply } from '../verbs/reply.ts'
import { isInternational } from './international.ts'
import { notUtf8 } from './mail-from.ts'
import { malformed, type Read } from './parameters.ts'
import { takePath } from './path.ts'
import { readRcptToParameters } from './rcpt-to-parameters.ts'

export interface RcptTo {
  readonly address: Address
  readonly parameters: RecipientParameters
}

export interface RcptToRules {
  readonly hostname: string
  /** MAIL FROM said so. */
  readonly smtpUtf8: boolean
}

/** What RCPT TO says (RFC 5321 section 4.1.1.3). */
export function readRcptTo(argument: string, { hostname, smtpUtf8 }: RcptToRules): Read<RcptTo> {
  const [, given] = /^TO:\s*(.*)$/iu.exec(argument) ?? []
  if (given === undefined) return { kind: 'refused', reply: malformed('Syntax: RCPT TO:<address>') }
  const path = takePath(given)
  if (path === undefined || path.mailbox === '')
    return { kind: 'refused', reply: reply(501, '5.1.3', 'Bad recipient address syntax') }
  const read = readRcptToParameters(path.rest)
  if (read.kind === 'refused') return read
  // RFC 5321 section 4.5.1: postmaster without a domain is ours
  const isPostmaster = path.mailbox.toLowerCase() === 'postmaster'
  const address = parseAddress(isPostmaster ? `postmaster@${hostname}` : path.mailbox)
  if (address === undefined) return { kind: 'refused', reply: reply(553, '5.1.3', 'Bad recipient address') }
  if (isInternational(address) && !smtpUtf8) return { kind: 'refused', reply: notUtf8 }
  return { kind: 'read', value: { address, parameters: read.value } }
}
