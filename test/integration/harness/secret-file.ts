import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from './temporary-directory.ts'

/** A file with a password in its first line, as `passwordFile` wants it. Gives its path. */
export async function secretFile(password: string): Promise<string> {
  const path = join(await temporaryDirectory('secret'), 'password')
  await writeFile(path, `${password}\n`, { mode: 0o600 })
  return path
}
