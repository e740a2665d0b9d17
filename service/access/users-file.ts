import { open, readFile, rm, stat } from 'node:fs/promises'
import { z } from 'zod'
import { AccessError } from './access-error.ts'
import { writePrivateFile } from './private-file.ts'

const userSchema = z.strictObject({
  name: z.string(),
  createdAt: z.string(),
  password: z.strictObject({
    n: z.int().min(2).max(1_048_576),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
    salt: z.string(),
    hash: z.string()
  })
})
const fileSchema = z.strictObject({ version: z.literal(1), users: z.array(userSchema) })

export type StoredUser = z.output<typeof userSchema>

export interface UsersFile {
  /** The users as the file has them now, and what tells one state of the file from the next. Missing file: none. */
  read(): Promise<{ readonly users: readonly StoredUser[]; readonly version: string }>
  /** Reads, edits and replaces the file while no other process does. Throws USERS_FILE_BUSY. */
  change(edit: (users: readonly StoredUser[]) => readonly StoredUser[]): Promise<void>
}

/** A lock left by a killed process counts no longer after this. */
const staleAfterMs = 30_000

export function createUsersFile(file: string): UsersFile {
  let last: { users: readonly StoredUser[]; version: string } = { users: [], version: '' }
  let changes: Promise<void> = Promise.resolve()

  async function read(): Promise<typeof last> {
    const version = await versionOf(file)
    if (version !== last.version)
      last = { users: version === 'missing' ? [] : await readUsers(file), version }
    return last
  }

  async function changeLocked(edit: (users: readonly StoredUser[]) => readonly StoredUser[]): Promise<void> {
    const unlock = await lock(`${file}.lock`)
    try {
      const users = (await versionOf(file)) === 'missing' ? [] : await readUsers(file)
      await writePrivateFile(file, `${JSON.stringify({ version: 1, users: edit(users) }, null, 2)}\n`)
    } finally {
      await unlock()
    }
  }

  function change(edit: (users: readonly StoredUser[]) => readonly StoredUser[]): Promise<void> {
    const done = changes.then(() => changeLocked(edit))
    changes = done.catch(() => undefined)
    return done
  }

  return { read, change }
}

/** Size and inode beside the time: two writes may fall into one tick of the file system's clock, but a rename changes the inode. */
async function versionOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file)
    return `${ino}:${mtimeMs}:${size}`
  } catch (error) {
    if (isMissing(error)) return 'missing'
    throw error
  }
}

async function readUsers(file: string): Promise<readonly StoredUser[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).users
  } catch (error) {
    throw new AccessError('USERS_FILE_CORRUPT', { file }, error)
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  await removeStale(path)
  try {
    const handle = await open(path, 'wx', 0o600)
    await handle.close()
  } catch (error) {
    throw new AccessError('USERS_FILE_BUSY', { path }, error)
  }
  return () => rm(path, { force: true })
}

async function removeStale(path: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > staleAfterMs) await rm(path, { force: true })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
