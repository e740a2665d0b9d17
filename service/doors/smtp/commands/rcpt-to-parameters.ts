import type { Notify, RecipientParameters } from '../../../message/mail-parameters.ts'
import type { SmtpReply } from '../verbs/reply.ts'
import { malformed, readParameters, type Read, type Reader } from './parameters.ts'
import { decodeUnitext, decodeXtext } from './xtext.ts'

export const noRecipientParameters: RecipientParameters = { notify: null, orcpt: null }

/** Reads what follows the path of RCPT TO (RFC 3461 section 4.1 and 4.2). */
export function readRcptToParameters(rest: string): Read<RecipientParameters> {
  return readParameters(rest, readers, noRecipientParameters)
}

const readers: Readonly<Record<string, Reader<RecipientParameters>>> = {
  NOTIFY: readNotify,
  ORCPT: readOrcpt
}

function readNotify(value: string | null, draft: RecipientParameters): RecipientParameters | SmtpReply {
  const words = value?.toUpperCase().split(',') ?? []
  const notify = words.filter(isNotify)
  const isSound = notify.length > 0 && notify.length === words.length && new Set(words).size === words.length
  if (!isSound || (words.includes('NEVER') && words.length > 1))
    return malformed('NOTIFY takes NEVER, or a list of SUCCESS, FAILURE and DELAY')
  return { ...draft, notify }
}

function isNotify(word: string): word is Notify {
  return word === 'NEVER' || word === 'SUCCESS' || word === 'FAILURE' || word === 'DELAY'
}

/** RFC 3461 section 4.2. */
const maxOrcptLength = 500

function readOrcpt(value: string | null, draft: RecipientParameters): RecipientParameters | SmtpReply {
  const [, type = '', address = ''] = /^([A-Za-z0-9-]+);(.+)$/u.exec(value ?? '') ?? []
  const decoded = type.toLowerCase() === 'utf-8' ? decodeUnitext(address) : decodeXtext(address)
  if (type === '' || (value ?? '').length > maxOrcptLength || decoded === undefined)
    return malformed('ORCPT takes an address type, a semicolon and up to 500 characters of xtext')
  return { ...draft, orcpt: `${type.toLowerCase()};${decoded}` }
}
