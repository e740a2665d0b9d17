import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isGzip } from './message-file.ts'
import { openBytes } from '../../../training/backtest/open-bytes.ts'

/** Files that can be read at any place. */
export interface UnpackedFiles {
  /**
   * The file itself, or a copy without its compression. `broken`: why the copy ends early; what stands before that is there. Rejects if there
   * is nothing to read.
   */
  unpacked(file: string): Promise<{ readonly path: string; readonly broken: string | null }>
  /** A file of our own, private to this user. */
  create(): Promise<string>
  /** Removes the copies. */
  remove(): Promise<void>
}

/** Copies lie in a private directory of the temporary one. */
export function createUnpackedFiles(): UnpackedFiles {
  let directory: Promise<string> | null = null
  let files = 0

  async function create(): Promise<string> {
    directory ??= mkdtemp(join(tmpdir(), 'sluice-import-'))
    files += 1
    return join(await directory, String(files))
  }

  return {
    create,
    async unpacked(file) {
      if (file !== '-' && !(await isPacked(file))) return { path: file, broken: null }
      const path = await create()
      let bytes = 0
      try {
        const read = openBytes(file, (count) => (bytes = count))
        await pipeline(Readable.from(read), createWriteStream(path, { mode: 0o600 }))
        return { path, broken: null }
      } catch (error) {
        if (bytes === 0) throw error
        return { path, broken: error instanceof Error ? error.message : String(error) }
      }
    },
    async remove() {
      if (directory !== null) await rm(await directory, { recursive: true, force: true })
    }
  }
}

/** Rejects if the file cannot be read. */
async function isPacked(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && isGzip(buffer)
  } finally {
    await handle.close()
  }
}
