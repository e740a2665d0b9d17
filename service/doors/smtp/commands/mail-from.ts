import { parseAddress, type Address } from '../../../message/address.ts'
import { reply } from '../verbs/reply.ts'
import { isInternational } from './international.ts'
import {
  readMailFromParameters,
  type MailFromParameters,
  type MailFromRules
} from './mail-from-parameters.ts'
import { malformed, type Read } from './parameters.ts'
import { takePath } from './path.ts'

export interface MailFrom {
  /** null: `<>`. */
  readonly address: Address | null
  readonly parameters: MailFromParameters
}

/** What MAIL FROM says (RFC 5321 section 4.1.1.2). */
export function readMailFrom(argument: string, rules: MailFromRules): Read<MailFrom> {
  const [, given] = /^FROM:\s*(.*)$/iu.exec(argument) ?? []
  if (given === undefined) return { kind: 'refused', reply: malformed('Syntax: MAIL FROM:<address>') }
  const path = takePath(given)
  if (path === undefined) return { kind: 'refused', reply: reply(501, '5.1.7', 'Bad sender address syntax') }
  const read = readMailFromParameters(path.rest, rules)
  if (read.kind === 'refused') return read
  const address = path.mailbox === '' ? null : parseAddress(path.mailbox)
  if (address === undefined) return { kind: 'refused', reply: reply(553, '5.1.7', 'Bad sender address') }
  if (address !== null && isInternational(address) && !read.value.smtpUtf8)
    return { kind: 'refused', reply: notUtf8 }
  return { kind: 'read', value: { address, parameters: read.value } }
}

/** RFC 6531 section 3.5. */
export const notUtf8 = reply(553, '5.6.7', 'Internationalised address without SMTPUTF8')
