import type { MailParameters } from '../../../message/mail-parameters.ts'
import { reply, type SmtpReply } from '../verbs/reply.ts'
import { malformed, readParameters, type Read, type Reader } from './parameters.ts'
import { decodeXtext } from './xtext.ts'

/** What MAIL FROM asked for. */
export interface MailFromParameters extends Omit<MailParameters, 'recipients'> {
  /** As the client foretells it (RFC 1870); null: it did not. */
  readonly sizeBytes: number | null
}

export const noMailFromParameters: MailFromParameters = {
  ret: null,
  envid: null,
  requireTls: false,
  smtpUtf8: false,
  mtPriority: null,
  sizeBytes: null
}

export interface MailFromRules {
  readonly maxMessageBytes: number
  /** REQUIRETLS exists only there (RFC 8689 section 2). */
  readonly isTls: boolean
}

/** Reads what follows the path of MAIL FROM, strictly: what is wrong, unknown or given twice is refused, never skipped. */
export function readMailFromParameters(rest: string, rules: MailFromRules): Read<MailFromParameters> {
  const offered = rules.isTls ? { ...readers, REQUIRETLS: readRequireTls } : readers
  const read = readParameters(rest, offered, noMailFromParameters)
  const sizeBytes = read.kind === 'read' ? (read.value.sizeBytes ?? 0) : 0
  return sizeBytes > rules.maxMessageBytes ? { kind: 'refused', reply: tooLarge } : read
}

/** RFC 1870 section 6.1. */
export const tooLarge = reply(552, '5.3.4', 'Message too large')

const readers: Readonly<Record<string, Reader<MailFromParameters>>> = {
  SIZE: readSize,
  BODY: readBody,
  SMTPUTF8: readSmtpUtf8,
  RET: readRet,
  ENVID: readEnvid,
  'MT-PRIORITY': readMtPriority,
  AUTH: readAuth
}

type Draft = MailFromParameters
type Next = Draft | SmtpReply

/** RFC 1870 section 4: 1 to 20 digits. */
function readSize(value: string | null, draft: Draft): Next {
  if (value === null || !/^\d{1,20}$/u.test(value)) return malformed('SIZE takes a number of bytes')
  return { ...draft, sizeBytes: Number(value) }
}

/** RFC 6152 section 3. Bytes pass as they are either way; BINARYMIME would need BDAT (RFC 3030). */
function readBody(value: string | null, draft: Draft): Next {
  const isKnown = value !== null && /^(?:7BIT|8BITMIME)$/iu.test(value)
  return isKnown ? draft : malformed('BODY takes 7BIT or 8BITMIME')
}

/** RFC 6531 section 3.4. */
function readSmtpUtf8(value: string | null, draft: Draft): Next {
  return value === null ? { ...draft, smtpUtf8: true } : malformed('SMTPUTF8 takes no value')
}

/** RFC 3461 section 4.3. */
function readRet(value: string | null, draft: Draft): Next {
  const ret = value?.toUpperCase()
  return ret === 'FULL' || ret === 'HDRS' ? { ...draft, ret } : malformed('RET takes FULL or HDRS')
}

/** RFC 3461 section 4.4. */
const maxEnvidLength = 100

function readEnvid(value: string | null, draft: Draft): Next {
  const envid = value === null || value.length > maxEnvidLength ? undefined : decodeXtext(value)
  return envid === undefined ? malformed('ENVID takes up to 100 characters of xtext') : { ...draft, envid }
}

/** RFC 6710 section 3. */
function readMtPriority(value: string | null, draft: Draft): Next {
  const isPriority = value !== null && /^(?:0|-?[1-9])$/u.test(value)
  return isPriority ? { ...draft, mtPriority: Number(value) } : malformed('MT-PRIORITY takes -9 to 9')
}

/** RFC 4954 section 5. Whom another server authenticated is not ours to believe: read, and dropped. */
function readAuth(value: string | null, draft: Draft): Next {
  const isKnown = value !== null && (value === '<>' || decodeXtext(value) !== undefined)
  return isKnown ? draft : malformed('AUTH takes an address in xtext')
}

/** RFC 8689 section 2. */
function readRequireTls(value: string | null, draft: Draft): Next {
  return value === null ? { ...draft, requireTls: true } : malformed('REQUIRETLS takes no value')
}
