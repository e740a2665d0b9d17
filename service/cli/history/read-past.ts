import { open, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { readBacktestLine, type BacktestLine } from '../../contracts/backtest-line.ts'
import { headerLength } from '../../message/header-block.ts'
import { parseAddress } from '../../message/address.ts'
import type { PastEntry } from './catalogue.ts'
import { unquoteFrom } from './mbox-messages.ts'
import { readMessageFile } from './message-file.ts'
import { asHandedIn, readSentHeader } from './sent-header.ts'

/** A line of `POST /v1/history/import`. */
export type PastLine = Readonly<Record<string, unknown>>

export interface ReadPastOptions {
  readonly receivedBy: ReadonlySet<string>
  readonly maxBytes: number
}

/** Reads what the catalogue names; files stay open from one message to the next. */
export interface PastReader {
  read(entry: PastEntry): Promise<PastLine>
  close(): Promise<void>
}

export function createPastReader({ receivedBy, maxBytes }: ReadPastOptions): PastReader {
  const files = createOpenFiles()

  async function bytesOf({ format, path, offset, length }: PastEntry): Promise<Buffer> {
    if (format === 'file') return await readMessageFile(path, maxBytes)
    const handle = await files.open(path)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }

  return {
    async read(entry) {
      const bytes = await bytesOf(entry)
      switch (entry.format) {
        case 'jsonl':
          return ofBacktest(bytes, entry)
        case 'record':
          return ofRecord(bytes, entry)
        case 'mbox':
          return ofCopy(unquoteFrom(bytes), entry, receivedBy)
        case 'mbox-unquoted':
        case 'file':
          return ofCopy(bytes, entry, receivedBy)
      }
    },
    close: () => files.close()
  }
}

function ofCopy(copy: Buffer, { owner, at }: PastEntry, receivedBy: ReadonlySet<string>): PastLine {
  const sent = readSentHeader(copy.subarray(0, headerLength(copy)), receivedBy)
  return {
    owner,
    receivedAt: at,
    client: sent.client,
    envelope: { from: parseAddress(owner) ?? sent.from, to: sent.recipients },
    raw: Buffer.from(asHandedIn(copy, sent.traceBytes)).toString('base64')
  }
}

/** It was read once: the file changed if it is none any more. */
function ofBacktest(bytes: Buffer, { owner, at }: PastEntry): PastLine {
  const outcome = readBacktestLine(bytes.toString('utf8'))
  if (outcome.kind === 'skipped') throw new Error(outcome.fault.detail)
  const { client, recipients, raw }: BacktestLine = outcome.line
  return {
    owner,
    receivedAt: at,
    client,
    envelope: { from: parseAddress(owner) ?? null, to: recipients },
    raw: Buffer.from(raw).toString('base64')
  }
}

const recordSchema = z.object({
  ip: z.string().nullable(),
  helo: z.string().nullable(),
  from: z.string(),
  to: z.array(z.string()),
  sizeBytes: z.number(),
  messageId: z.string().nullable()
})

/** What a log wrote may be no address: the null sender, a pipe. */
function ofRecord(bytes: Buffer, { owner, at }: PastEntry): PastLine {
  const { ip, helo, from, to, sizeBytes, messageId } = recordSchema.parse(JSON.parse(bytes.toString('utf8')))
  return {
    owner,
    receivedAt: at,
    client: { ip, helo },
    envelope: { from: parseAddress(from) ?? null, to: to.flatMap((text) => parseAddress(text) ?? []) },
    sizeBytes,
    messageId
  }
}

/** An owner's mail lies in few files; of all owners' there may be more than a process may hold open. */
const maxOpen = 64

function createOpenFiles() {
  const handles = new Map<string, FileHandle>()
  return {
    async open(path: string): Promise<FileHandle> {
      const known = handles.get(path)
      if (known !== undefined) return known
      const [oldest] = handles
      if (handles.size >= maxOpen && oldest !== undefined) {
        handles.delete(oldest[0])
        await oldest[1].close()
      }
      const handle = await open(path)
      handles.set(path, handle)
      return handle
    },
    async close(): Promise<void> {
      await Promise.all(Array.from(handles.values(), (handle) => handle.close()))
    }
  }
}
