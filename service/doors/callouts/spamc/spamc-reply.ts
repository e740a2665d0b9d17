import type { RequestLine } from '../spamd-wire/request-head.ts'
import type { Fault } from '../spamd-wire/request-reader.ts'
import { marked, markedHeader } from './mark-message.ts'
import { reportOf, type Scan } from './scan.ts'

/** SPAMC versions as `RequestLine` counts them. */
const v12 = 102
const v13 = 103

/** Methods that score a message. */
const scans = ['CHECK', 'SYMBOLS', 'REPORT', 'REPORT_IFSPAM', 'PROCESS', 'HEADERS'] as const
export type ScanMethod = (typeof scans)[number]

export function isScan(method: string): method is ScanMethod {
  return scans.some((known) => known === method)
}

/**
 * What spamd 4.0 answers to a client of this version: `Content-length` and `Spam` together from 1.3 on; before that `PROCESS` and `HEADERS`
 * give the length alone (1.2) or nothing, and the others `Spam` alone. `CHECK` never has a length.
 */
export function replyOf(
  { version }: Pick<RequestLine, 'version'>,
  method: ScanMethod,
  scan: Scan,
  message: Uint8Array
): Buffer {
  const body = bodyOf(method, scan, message, version)
  const rewrites = method === 'PROCESS' || method === 'HEADERS'
  if (rewrites && version < v12) return Buffer.concat([Buffer.from('SPAMD/1.0 0 EX_OK\r\n'), body])
  const hasLength = method !== 'CHECK' && (version >= v13 || rewrites)
  const hasScore = !rewrites || version >= v13
  const fields = [
    ...(hasLength ? [`Content-length: ${body.length}`] : []),
    ...(hasScore ? [scoreLine(method, scan)] : [])
  ]
  return Buffer.concat([Buffer.from(`SPAMD/1.1 0 EX_OK\r\n${fields.join('\r\n')}\r\n\r\n`), body])
}

function scoreLine(method: ScanMethod, { isSpam, score, threshold }: Scan): string {
  const [yes, no] = method === 'REPORT_IFSPAM' ? ['Yes', 'No'] : ['True', 'False']
  return `Spam: ${isSpam ? yes : no} ; ${score} / ${threshold}`
}

function bodyOf(method: ScanMethod, scan: Scan, message: Uint8Array, version: number): Buffer {
  switch (method) {
    case 'CHECK':
      return Buffer.alloc(0)
    case 'SYMBOLS':
      return Buffer.from(version < v13 ? `${scan.tests}\r\n` : scan.tests)
    case 'REPORT':
      return Buffer.from(reportOf(scan))
    case 'REPORT_IFSPAM':
      return Buffer.from(scan.isSpam ? reportOf(scan) : '')
    case 'PROCESS':
      return marked(message, scan.marks)
    case 'HEADERS':
      return markedHeader(message, scan.marks)
  }
}

export const pong = Buffer.from('SPAMD/1.5 0 PONG\r\n')

/** `did`: the message is known and what was said of it was taken. */
export function tellReplyOf(did: boolean): Buffer {
  return Buffer.from(`SPAMD/1.1 0 EX_OK\r\n${did ? 'DidSet: local\r\n' : ''}\r\n`)
}

export type SpamcFault = Fault | 'unknown-method' | 'not-zlib' | 'too-large' | 'no-verdict'

/** Codes of sysexits(3), as spamc gives them to its caller with `-x`. Without it spamc lets the message pass. */
export function faultReplyOf(fault: SpamcFault): Buffer {
  return Buffer.from(`SPAMD/1.0 ${faults[fault]}\r\n`)
}

const faults = {
  'no-request': '76 Bad header line: (no request)',
  'unknown-method': '76 Bad header line: (unknown method)',
  'bad-field': "76 Bad header line: (header not in 'Name: value' format)",
  'bad-length': '76 Bad header line: (Content-length contains non-numeric bytes)',
  'head-too-large': '76 Bad header line: (too many headers)',
  'length-differs': '76 Bad header line: (Content-length mismatch)',
  'not-zlib': '69 Service Unavailable: zlib: the message is not compressed as announced',
  'too-large': '69 Service Unavailable: the message is too large',
  'no-room': '75 Temporary failure: too busy',
  'no-verdict': '75 Temporary failure: no verdict in time',
  'too-slow': '79 Timeout: the message did not arrive in time'
} as const satisfies Record<SpamcFault, string>
