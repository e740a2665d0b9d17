import { open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file that must not be there yet, for its owner alone. Its data is on disk when this resolves; its name is only once
 * `syncDirectory` has. A failed write leaves nothing behind.
 */
export async function writeNewFile(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(data)
    await file.sync()
  } catch (error) {
    await unlink(path).catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
}

/** Puts a file in the place of another, or of none: on disk when it resolves; a crash leaves the one or the other. One caller at a time. */
export async function replaceFile(path: string, data: string | Uint8Array): Promise<void> {
  const next = `${path}.new`
  await unlink(next).catch(() => undefined)
  await writeNewFile(next, data)
  await rename(next, path)
  await syncDirectory(dirname(path))
}

/** A file's name is durable only once its directory is. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
