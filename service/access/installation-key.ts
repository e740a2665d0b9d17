import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AccessError } from './access-error.ts'
import { writePrivateFile } from './private-file.ts'

const keyBytes = 32

/**
 * The key under which people, hosts and threads are hashed (HMAC-SHA-256): read from `installation.key` in `directory`, or made there
 * at first start (mode 0600). A key that is there but damaged is never replaced: with another key every profile would be worthless.
 * Throws KEY_DAMAGED.
 */
export async function openInstallationKey(directory: string): Promise<Uint8Array> {
  const file = join(directory, 'installation.key')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const kept = await readIfThere(file)
  if (kept === undefined) {
    const key = randomBytes(keyBytes)
    await writePrivateFile(file, `${key.toString('hex')}\n`)
    return key
  }
  const key = Buffer.from(kept.trim(), 'hex')
  if (key.length !== keyBytes) throw new AccessError('KEY_DAMAGED', { file })
  return key
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
