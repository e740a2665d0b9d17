import type { CalloutAnswer } from '../asking/callout-answer.ts'
import type { LabelField } from '../asking/label-fields.ts'
import { toScanResult, type ScanResult } from '../rspamd/answering/scan-result.ts'
import { thresholdOf } from '../spamd-wire/threshold.ts'
import type { Mark } from './mark-message.ts'

/** An answer as SpamAssassin would give it. */
export interface Scan extends Pick<ScanResult, 'isSpam' | 'symbols'> {
  /** One decimal: clients exist whose pattern takes no other (Haraka's plugin). */
  readonly score: string
  readonly threshold: string
  /** Names of the symbols, parted by commas. */
  readonly tests: string
  readonly labels: readonly LabelField[]
  /** What `PROCESS` and `HEADERS` put on top of the message. */
  readonly marks: readonly Mark[]
}

export function toScan(answer: CalloutAnswer): Scan {
  const result = toScanResult(answer)
  const { isSpam, symbols, labels } = result
  // Never rounded up: 5.99 passes, and 6.0 would not
  const score = (Math.floor(result.score * 10) / 10).toFixed(1)
  const threshold = thresholdOf(result).toFixed(1)
  const tests = symbols.map(({ name }) => name).join(',')
  const status = `${isSpam ? 'Yes' : 'No'}, score=${score} required=${threshold} tests=${tests}`
  const flag = isSpam ? [{ name: 'X-Spam-Flag', value: 'YES' }] : []
  const marks = [...labels, ...flag, { name: 'X-Spam-Status', value: status }]
  return { isSpam, symbols, score, threshold, tests, labels, marks }
}

/** Long enough for every sentence of the table of reasons. */
const maxDescription = 200

/** The labels, and the table that SpamAssassin's report ends in: clients read `points NAME description` below the line of hyphens. */
export function reportOf({ labels, score, threshold, symbols }: Scan): string {
  const rows = symbols.map(({ name, score: points, description }) => {
    const text = description.replaceAll(/[^ -~]/gu, '?').slice(0, maxDescription)
    return `${points.toFixed(1).padStart(4)} ${name.padEnd(22)} ${text}`
  })
  return [
    ...labels.map(({ name, value }) => `${name}: ${value}`),
    '',
    `Content analysis details:   (${score} points, ${threshold} required)`,
    '',
    ' pts rule name              description',
    '---- ---------------------- --------------------------------------------------',
    ...rows,
    ''
  ].join('\n')
}
