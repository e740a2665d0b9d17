import { createReadStream } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { createEximReader } from './exim-submissions.ts'
import type { Gathering } from './gathering.ts'
import type { LogReader, LogSubmission, OnSubmission } from './log-submission.ts'
import { createFirstYear, createTimeOfLine } from './log-times.ts'
import { createPostfixReader } from './postfix-submissions.ts'
import { sentMoment } from './sent-moment.ts'

export type PastLogKind = 'postfix' | 'exim'

const readers: Readonly<Record<PastLogKind, (onSubmission: OnSubmission) => LogReader>> = {
  postfix: createPostfixReader,
  exim: createEximReader
}

/** A line longer than this says nothing of a message. */
const maxLineBytes = 65_536
/** Written at once. */
const maxWaitingBytes = 1_048_576

/** Notes the submissions that a mail server's log tells of: of whoever logged in, in a file of our own that can be read in their order. */
export async function gatherLog(kind: PastLogKind, file: string, gathering: Gathering): Promise<void> {
  const { files, faults } = gathering
  const { path, broken } = await files.unpacked(file)
  const written = await openRecords(file, gathering)
  const firstYear = createFirstYear(await writtenAt(file, gathering.now))
  for await (const line of linesOf(path)) firstYear.see(line)
  const timeOf = createTimeOfLine(firstYear.year())
  const reader = readers[kind]((submission) => written.add(submission))
  for await (const line of linesOf(path)) {
    const at = timeOf(line)
    if (at !== null) reader.read(line, at)
    await written.flush(maxWaitingBytes)
  }
  reader.end()
  await written.close()
  if (written.count() === 0) faults.add('NO_MESSAGES', file, `no line of ${kind} tells of one`)
  if (broken !== null) faults.add('FILE_BROKEN', file, broken)
}

async function writtenAt(file: string, now: number): Promise<number> {
  return file === '-' ? now : Math.min(now, (await stat(file)).mtimeMs)
}

/** A file of records, a line each, as `read-past` reads them. */
async function openRecords(file: string, gathering: Gathering) {
  const { catalogue, faults, files, now } = gathering
  const path = await files.create()
  const handle: FileHandle = await open(path, 'wx', 0o600)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let offset = 0
  let count = 0

  async function flush(above: number): Promise<void> {
    if (waitingBytes <= above) return
    const bytes = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await handle.write(bytes)
  }

  return {
    count: () => count,
    flush,
    add(submission: LogSubmission | null): void {
      count += 1
      gathering.found()
      if (submission === null) return faults.add('NOT_AUTHENTICATED', file)
      const moment = sentMoment([submission.at], now)
      if ('fault' in moment) return faults.add(moment.fault, file)
      const record = Buffer.from(`${JSON.stringify(submission)}\n`)
      const { owner } = submission
      catalogue.add({ format: 'record', path, file, offset, length: record.length, owner, at: moment.at })
      offset += record.length
      waiting.push(record)
      waitingBytes += record.length
    },
    async close(): Promise<void> {
      await flush(0)
      await handle.close()
    }
  }
}

const lf = 0x0a

/** Lines of text, whatever their bytes: what is no UTF-8 is replaced. Those that are too long are passed over. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  let isTooLong = false
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    if (!Buffer.isBuffer(chunk)) continue
    let from = 0
    for (let at = chunk.indexOf(lf); at !== -1; at = chunk.indexOf(lf, from)) {
      const line =
        rest.length === 0 ? chunk.subarray(from, at) : Buffer.concat([rest, chunk.subarray(from, at)])
      if (!isTooLong && line.length <= maxLineBytes) yield line.toString('utf8').trimEnd()
      rest = Buffer.alloc(0)
      isTooLong = false
      from = at + 1
    }
    rest = isTooLong ? rest : Buffer.concat([rest, chunk.subarray(from)])
    if (rest.length > maxLineBytes) {
      isTooLong = true
      rest = Buffer.alloc(0)
    }
  }
  if (!isTooLong && rest.length > 0) yield rest.toString('utf8').trimEnd()
}
