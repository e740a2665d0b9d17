import { randomBytes } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory, writeNewFile } from '../storage/durable-file.ts'

/** Replaces a file whole, readable by its owner alone, and on disk when it resolves: a reader sees the old text or the new, never half. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  await writeNewFile(temporary, text)
  try {
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncDirectory(dirname(file))
}
