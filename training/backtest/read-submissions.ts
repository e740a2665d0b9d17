import {
  readBacktestLine,
  toBacktestSubmission,
  type BacktestFault,
  type BacktestLine
} from '../../service/contracts/backtest-line.ts'
import { readNdjson, type NdjsonLine } from '../../service/contracts/ndjson.ts'
import type { Submission } from '../../service/message/submission.ts'
import type { FaultLog } from './fault-log.ts'

/** A line of the file and the submission it stands for. */
export interface ReadLine {
  readonly number: number
  readonly line: BacktestLine
  readonly submission: Submission
}

export interface ReadSubmissionsOptions {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly faults: FaultLog
  /** Lines with a submission; the rest is not read. */
  readonly limit: number
}

/** 25 MiB of message in JSON, where every byte may be written as six characters. */
const maxLineBytes = 160 * 1024 * 1024

/**
 * The submissions of a file in its order; what is no submission is told to the fault log. Throws if not even one line can be read; a
 * file that breaks off later gives what stood before that.
 */
export async function* readSubmissions({
  bytes,
  faults,
  limit
}: ReadSubmissionsOptions): AsyncGenerator<ReadLine> {
  let last = 0
  let given = 0
  try {
    for await (const raw of readNdjson(bytes, maxLineBytes)) {
      last = raw.number
      const read = readLine(raw, faults)
      if (read === null) continue
      yield { number: raw.number, ...read }
      given += 1
      if (given === limit) return
    }
  } catch (error) {
    if (last === 0 || !isOfFile(error)) throw error
    faults.add(last + 1, { code: 'FILE_BROKEN', detail: error.message })
  }
}

function readLine(raw: NdjsonLine, faults: FaultLog): Omit<ReadLine, 'number'> | null {
  if (raw.kind !== 'text') {
    faults.add(raw.number, unread[raw.kind])
    return null
  }
  const outcome = readBacktestLine(raw.text)
  if (outcome.kind === 'skipped') {
    faults.add(raw.number, outcome.fault)
    return null
  }
  for (const fault of outcome.faults) faults.add(raw.number, fault)
  return { line: outcome.line, submission: toBacktestSubmission(outcome.line, `line-${raw.number}`) }
}

const unread = {
  'too-long': { code: 'LINE_TOO_LONG', detail: `more than ${maxLineBytes} bytes` },
  'not-utf8': { code: 'LINE_NOT_UTF8', detail: 'is not UTF-8' }
} as const satisfies Record<Exclude<NdjsonLine['kind'], 'text'>, BacktestFault>

/** Errors of files and of zlib carry a code; what has none is a fault of ours. */
function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
