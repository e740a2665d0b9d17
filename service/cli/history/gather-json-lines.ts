import { open, type FileHandle } from 'node:fs/promises'
import { createTruthOf } from '../../../training/backtest/label.ts'
import { readBacktestLine } from '../../contracts/backtest-line.ts'
import type { Gathering } from './gathering.ts'
import { sentMoment } from './sent-moment.ts'

/** A byte of a message may be written as six characters. */
const escapedLength = 6
/** Around the message: recipients and names. */
const aroundMessageBytes = 1_048_576
const chunkBytes = 1_048_576
const lf = 0x0a

/** Notes the lines of a file in the format of `sluice backtest`, compressed or not. What its label calls bad is nobody's habit. */
export async function gatherJsonLines(
  file: string,
  honest: readonly string[],
  gathering: Gathering
): Promise<void> {
  const { files, faults, maxBytes } = gathering
  const truthOf = createTruthOf(honest)
  const { path, broken } = await files.unpacked(file)
  const handle = await open(path)
  try {
    const maxLineBytes = maxBytes * escapedLength + aroundMessageBytes
    let lines = 0
    for await (const { offset, length } of linesOf(handle)) {
      const place = `${file} at byte ${offset}`
      lines += 1
      gathering.found()
      if (length > maxLineBytes) {
        faults.add('TOO_LARGE', place, `${length} bytes`)
        continue
      }
      const text = Buffer.alloc(length)
      await handle.read(text, 0, length, offset)
      const outcome = readBacktestLine(text.toString('utf8'))
      if (outcome.kind === 'skipped') faults.add('LINE_INVALID', place, outcome.fault.detail)
      else noteLine(outcome.line, { file, path, offset, length }, truthOf, gathering)
    }
    if (lines === 0) faults.add('NO_MESSAGES', file)
    if (broken !== null) faults.add('FILE_BROKEN', file, broken)
  } finally {
    await handle.close()
  }
}

function noteLine(
  line: Parameters<ReturnType<typeof createTruthOf>>[0] & {
    readonly sender: string
    readonly receivedAt: number
    readonly raw: Uint8Array
  },
  where: { readonly file: string; readonly path: string; readonly offset: number; readonly length: number },
  truthOf: ReturnType<typeof createTruthOf>,
  { catalogue, faults, maxBytes, now }: Gathering
): void {
  const place = `${where.file} at byte ${where.offset}`
  if (truthOf(line) !== 'honest' || line.role === 'probe') return faults.add('NOT_HONEST', place)
  if (line.raw.length > maxBytes) return faults.add('TOO_LARGE', place, `${line.raw.length} bytes`)
  const moment = sentMoment([line.receivedAt], now)
  if ('fault' in moment) return faults.add(moment.fault, place)
  catalogue.add({ format: 'jsonl', ...where, owner: line.sender, at: moment.at })
}

/** Where the lines lie that are not blank. */
async function* linesOf(
  file: FileHandle
): AsyncGenerator<{ readonly offset: number; readonly length: number }> {
  const buffer = Buffer.alloc(chunkBytes)
  let lineAt = 0
  let position = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position)
    const chunk = buffer.subarray(0, bytesRead)
    for (let at = chunk.indexOf(lf); at !== -1; at = chunk.indexOf(lf, at + 1)) {
      const end = position + at
      if (end - lineAt > 1) yield { offset: lineAt, length: end - lineAt }
      lineAt = end + 1
    }
    position += bytesRead
    if (bytesRead === 0) break
  }
  if (position - lineAt > 1) yield { offset: lineAt, length: position - lineAt }
}
