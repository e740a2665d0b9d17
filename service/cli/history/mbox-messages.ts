import type { FileHandle } from 'node:fs/promises'
import { fieldValue, headerFields, headerLength } from '../../message/header-block.ts'
import { parseDate } from '../../parse/parse-date.ts'

/** A message of an mbox (RFC 4155): its bytes without the line "From …" before it. */
export interface MboxMessage {
  readonly offset: number
  readonly length: number
  /** As much of it as a header takes. */
  readonly header: Uint8Array
  /** Epoch ms, of the line before it, in UTC; null: it says none. */
  readonly deliveredAt: number | null
  /** Lines that begin with "From " stand as they were written: Content-Length says where the message ends (mboxcl2). */
  readonly isUnquoted: boolean
}

const chunkBytes = 1_048_576
/** Longer header blocks are cut: what is looked for stands above. */
const maxHeaderBytes = 131_072
/** A line "From …" with its neighbours. */
const contextBytes = 1_024
const mark = Buffer.from('\nFrom ')

interface Separator {
  /** Of the message before it: the blank line above belongs to the separator. */
  readonly contentEnd: number
  readonly contentAt: number
  readonly line: string
}

/**
 * The messages of an mbox in its order, in memory no more than a chunk. Text that merely looks like a separator does not part a message: after
 * one comes a header field, and it names a date or nothing. A broken one parts where a whole header stands below. Throws what reading throws.
 */
export async function* mboxMessages(file: FileHandle): AsyncGenerator<MboxMessage> {
  const { size } = await file.stat()
  const places = candidates(file, size)
  let current = await nextSeparator(file, places, 0)
  while (current !== null) {
    const header = await headerAt(file, current.contentAt)
    const announced = await announcedEnd(file, size, current.contentAt, header)
    const next = await nextSeparator(file, places, announced ?? 0)
    const end = Math.max(current.contentAt, next?.contentEnd ?? (await lastContentEnd(file, size)))
    yield {
      offset: current.contentAt,
      length: end - current.contentAt,
      header: header.subarray(0, end - current.contentAt),
      deliveredAt: parseAsctime(current.line),
      isUnquoted: announced !== null
    }
    current = next
  }
}

/** Where lines begin with "From ". */
async function* candidates(file: FileHandle, size: number): AsyncGenerator<number> {
  const buffer = Buffer.alloc(chunkBytes)
  const first = await readAt(file, 0, mark.length)
  if (first.equals(mark.subarray(1)) || first.subarray(0, 5).equals(mark.subarray(1))) yield 0
  for (let start = 0; start < size; start += chunkBytes - mark.length + 1) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, start)
    const chunk = buffer.subarray(0, bytesRead)
    for (let at = chunk.indexOf(mark); at !== -1; at = chunk.indexOf(mark, at + 1)) yield start + at + 1
    if (bytesRead < chunkBytes) return
  }
}

async function nextSeparator(
  file: FileHandle,
  places: AsyncGenerator<number>,
  from: number
): Promise<Separator | null> {
  for (;;) {
    const next = await places.next()
    if (next.done === true) return null
    const found = next.value < from ? null : await separatorAt(file, next.value)
    if (found !== null) return found
  }
}

async function separatorAt(file: FileHandle, lineAt: number): Promise<Separator | null> {
  const from = Math.max(0, lineAt - 3)
  const around = (await readAt(file, from, contextBytes)).toString('latin1')
  const before = around.slice(0, lineAt - from)
  const text = around.slice(lineAt - from)
  const lineEnd = text.indexOf('\n')
  if (lineEnd === -1) return null
  const line = text.slice(0, lineEnd).trimEnd()
  const rest = text.slice(lineEnd + 1)
  if (!startsHeader(rest)) return null
  const blank = blankAtEnd(before)
  const isAlone = lineAt === 0 || blank > 0
  const isSeparator = isDated(line) || (isAlone && (isBare(line) || startsMessage(rest)))
  return isSeparator ? { contentEnd: lineAt - blank, contentAt: lineAt + lineEnd + 1, line } : null
}

/** A header field, or one that was quoted as a separator; a message of nothing but a blank line. */
function startsHeader(text: string): boolean {
  return /^(?:>?From |[!-9;-~]{1,200}[ \t]*:|\r?\n)/u.test(text)
}

/** `From alice@example.org Mon Nov 22 08:15:00 2026`, zones and seconds as programs will have them. */
function isDated(line: string): boolean {
  return /\b(?:mon|tue|wed|thu|fri|sat|sun),?\s.{0,40}\d{1,2}:\d{2}/iu.test(line)
}

/** `From -`, `From alice@example.org`: written by programs that forget the date. */
function isBare(line: string): boolean {
  return /^From(?: (?:-|[^\s@]*@\S*|MAILER-DAEMON))?$/iu.test(line)
}

/** Whatever the line above says: nobody writes these fields below each other into a text, but for a message that he quotes with all of it. */
function startsMessage(text: string): boolean {
  const [header = ''] = text.split(/\r?\n\r?\n/u, 1)
  return /^from[ \t]*:/imu.test(header) && /^(?:date|message-id|received|return-path)[ \t]*:/imu.test(header)
}

async function headerAt(file: FileHandle, offset: number): Promise<Uint8Array> {
  for (let bytes = 8_192; ; bytes *= 4) {
    const read = await readAt(file, offset, Math.min(bytes, maxHeaderBytes))
    const end = headerLength(read)
    if (end < read.length || read.length < bytes || bytes >= maxHeaderBytes) return read.subarray(0, end)
  }
}

/** Where Content-Length says that the message ends, if a separator or the end of the file stands there; null: nowhere. */
async function announcedEnd(
  file: FileHandle,
  size: number,
  offset: number,
  header: Uint8Array
): Promise<number | null> {
  const field = Array.from(headerFields(header)).find(({ name }) => name === 'content-length')
  const announced = field === undefined ? '' : fieldValue(header, field)
  if (!/^\d{1,12}$/u.test(announced)) return null
  const blank = (await readAt(file, offset + header.length, 2)).toString('latin1')
  const end = offset + header.length + (blank.startsWith('\r\n') ? 2 : 1) + Number(announced)
  if (end > size) return null
  const after = (await readAt(file, end, 16)).toString('latin1')
  return after.trim() === '' || /^(?:\r?\n){0,2}From /u.test(after) ? end : null
}

async function lastContentEnd(file: FileHandle, size: number): Promise<number> {
  const from = Math.max(0, size - 3)
  return size - blankAtEnd((await readAt(file, from, 3)).toString('latin1'))
}

/** Bytes of the blank line that this text ends with; 0: with none. */
function blankAtEnd(text: string): number {
  return /\n(\r?\n)$/u.exec(text)?.[1]?.length ?? 0
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
  return buffer.subarray(0, bytesRead)
}

/** `… Mon Nov 22 08:15:00 2026`, `… Mon Nov 22 08:15:00 +0100 2026`: the order of a C library's asctime. */
function parseAsctime(line: string): number | null {
  const [, month = '', day = '', time = '', zone = '', year = ''] =
    /\b([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+(?:([+-]\d{4}|[a-z]{3,4})\s+)?(\d{4})\b/iu.exec(
      line
    ) ?? []
  return year === '' ? null : (parseDate(`${day} ${month} ${year} ${time} ${zone || '+0000'}`)?.at ?? null)
}

/** Takes away the sign that was put before lines beginning with "From " (mboxrd, mboxo). */
export function unquoteFrom(bytes: Buffer): Buffer {
  const kept: Buffer[] = []
  let from = 0
  const drop = (at: number): void => {
    kept.push(bytes.subarray(from, at))
    from = at + 1
  }
  if (isQuotedFrom(bytes, 0)) drop(0)
  for (let at = bytes.indexOf('\n>'); at !== -1; at = bytes.indexOf('\n>', at + 1))
    if (isQuotedFrom(bytes, at + 1)) drop(at + 1)
  return kept.length === 0 ? bytes : Buffer.concat([...kept, bytes.subarray(from)])
}

const sign = 0x3e

function isQuotedFrom(bytes: Buffer, start: number): boolean {
  let at = start
  while (bytes[at] === sign) at += 1
  return at > start && bytes.subarray(at, at + 5).equals(mark.subarray(1))
}
