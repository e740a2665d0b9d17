import { mkdir, opendir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncDirectory, writeNewFile } from '../../storage/durable-file.ts'
import type { Storage, Table } from '../../storage/storage.ts'
import type { Failpoint } from '../failpoint.ts'
import { QueueError } from '../queue-error.ts'
import type { QueuedMessage } from './queued-message.ts'

export interface SpoolOptions {
  readonly storage: Storage
  readonly directory: string
  /** Bodies above this lie in files: LMDB pages are for small values. */
  readonly maxInlineBytes: number
  readonly failpoint: Failpoint
}

/** What a body is known by. */
export type StoredBody = Pick<QueuedMessage, 'id' | 'sizeBytes' | 'bodyCrc'>

/** The bodies of accepted messages. */
export interface Spool {
  /** Makes a large body durable before the transaction that accepts it. Small ones need nothing here. */
  prepare(id: string, raw: Uint8Array): Promise<void>
  /** Forgets a prepared body whose message was not accepted after all. */
  discard(id: string, sizeBytes: number): Promise<void>
  /** Inside a transaction: stores a small body; of a large one, trusts `prepare`. */
  put(id: string, raw: Uint8Array): void
  /** Inside a transaction: drops a small body. The file of a large one goes by `discard` after the commit. */
  remove(id: string, sizeBytes: number): void
  /** Rejects with `QUEUE_BODY_MISSING`; with `QUEUE_BODY_DAMAGED` where the bytes are not those that were accepted. */
  read(message: StoredBody): Promise<Uint8Array>
  /** Removes files that no message claims: left by an end between the file's write and its transaction. Gives their number. */
  sweep(isClaimed: (id: string) => boolean): Promise<number>
}

const safeId = /^[\w-]{1,128}$/u
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Opens the spool directory, made if it is missing (mode 0700: mail is nobody else's business). */
export async function openSpool({
  storage,
  directory,
  maxInlineBytes,
  failpoint
}: SpoolOptions): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const bodies: Table<Uint8Array> = storage.table('queue.bodies')
  const isLarge = (sizeBytes: number): boolean => sizeBytes > maxInlineBytes
  return { prepare, discard, put, remove, read, sweep }

  async function prepare(id: string, raw: Uint8Array): Promise<void> {
    const path = pathOf(directory, id)
    failpoint('before-spool-write')
    if (!isLarge(raw.length)) return
    try {
      await writeNewFile(path, raw)
      await syncDirectory(directory)
    } catch (error) {
      throw toQueueError(id, error)
    }
    failpoint('after-spool-write')
  }

  async function discard(id: string, sizeBytes: number): Promise<void> {
    // A file that stays behind is swept at the next start
    if (isLarge(sizeBytes)) await unlink(pathOf(directory, id)).catch(() => undefined)
  }

  function put(id: string, raw: Uint8Array): void {
    if (isLarge(raw.length)) return
    bodies.put(id, raw)
    failpoint('after-spool-write')
  }

  function remove(id: string, sizeBytes: number): void {
    if (!isLarge(sizeBytes)) bodies.remove(id)
  }

  async function read({ id, sizeBytes, bodyCrc }: StoredBody): Promise<Uint8Array> {
    const body = isLarge(sizeBytes)
      ? await readFile(pathOf(directory, id)).catch((error: unknown) => missing(id, error))
      : (bodies.get(id) ?? missing(id))
    const isWhole = body.length === sizeBytes && (bodyCrc === undefined || crc32(body) === bodyCrc)
    if (!isWhole) throw new QueueError('QUEUE_BODY_DAMAGED', { id, sizeBytes, foundBytes: body.length })
    return body
  }

  async function sweep(isClaimed: (id: string) => boolean): Promise<number> {
    let swept = 0
    for await (const { name } of await opendir(directory)) {
      if (isClaimed(name)) continue
      await unlink(join(directory, name))
      swept += 1
    }
    return swept
  }
}

/** An id becomes a file name: anything but letters, digits, `-` and `_` is refused. */
function pathOf(directory: string, id: string): string {
  if (!safeId.test(id)) throw new QueueError('QUEUE_ID_INVALID', { id })
  return join(directory, id)
}

function toQueueError(id: string, error: unknown): QueueError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return new QueueError(noRoom.has(code) ? 'QUEUE_SPOOL_FULL' : 'QUEUE_SPOOL_FAILED', { id, code }, error)
}

function missing(id: string, cause?: unknown): never {
  throw new QueueError('QUEUE_BODY_MISSING', { id }, cause)
}
