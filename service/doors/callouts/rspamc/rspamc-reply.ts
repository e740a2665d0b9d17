import type { CalloutAnswer } from '../asking/callout-answer.ts'
import { toScanResult } from '../rspamd/answering/scan-result.ts'
import type { Fault } from '../spamd-wire/request-reader.ts'
import { thresholdOf } from '../spamd-wire/threshold.ts'

/** Exim reads less than 32,600 bytes, and hands them to its ACLs as `$spam_report`. */
const maxReplyBytes = 16_384

/**
 * The reply of rspamd 1.3 (its `rspamd_ucl_torspamc_output`), which Exim takes apart by `sscanf`: no field may stand between the first
 * two lines, and the second has exactly these blanks. `X-Symbol` and `X-Milter-Add` (the labels) are for ACLs that read the report.
 */
export function replyOf(answer: CalloutAnswer): Buffer {
  const result = toScanResult(answer)
  const { action, isSpam, score, symbols, smtpMessage, labels } = result
  return linesOf([
    'RSPAMD/1.3 0 EX_OK',
    `Metric: default; ${isSpam ? 'True' : 'False'}; ${score.toFixed(2)} / ${thresholdOf(result).toFixed(2)} / 0.0`,
    `Action: ${action}`,
    ...(smtpMessage === null ? [] : [`Message: ${smtpMessage}`]),
    ...labels.map(({ name, value }) => `X-Milter-Add: ${name}: ${value}`),
    ...symbols.flatMap(({ name, score: points, description }) => [
      `Symbol: ${name}(${points.toFixed(2)})`,
      `X-Symbol: ${name}(${points.toFixed(2)}); ${description}`
    ])
  ])
}

/** In printable ASCII, and no more of them than Exim reads. */
function linesOf(lines: readonly string[]): Buffer {
  let text = ''
  for (const line of lines) {
    const more = `${line.replaceAll(/[^ -~]/gu, '?')}\r\n`
    if (text.length + more.length > maxReplyBytes) break
    text += more
  }
  return Buffer.from(text)
}

/** `PING` and `SKIP` score nothing. */
export const pong = Buffer.from('RSPAMD/1.3 0 PONG\r\n')
export const skipped = Buffer.from('RSPAMD/1.3 0 EX_OK\r\n')

/** Codes of sysexits(3). Exim takes none of them for an answer, and does what its `spam` condition says of failures: 451, or `/defer_ok`. */
export function faultReplyOf(fault: Fault): Buffer {
  const isPassing = fault === 'no-room' || fault === 'too-slow'
  return Buffer.from(`RSPAMD/1.3 ${isPassing ? '75 EX_TEMPFAIL' : '76 EX_PROTOCOL'}\r\n`)
}
