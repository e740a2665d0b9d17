import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { StorageError } from './storage-error.ts'

/** One process owns a data directory: LMDB has one writer's cache of habits, the queue one scheduler. */
export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * Takes `<directory>/lock`, a file that names its owner. A lock whose owner has ended (kill -9, power cut) is taken over.
 * Throws `STORAGE_LOCKED` with the owner's pid, `STORAGE_UNUSABLE` if the directory cannot be written.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, 'lock')
  const claim = join(directory, `lock.${process.pid}.${process.hrtime.bigint()}`)
  const mine = JSON.stringify({ pid: process.pid, started: await startOf(process.pid) })
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(claim, mine, { mode: 0o600, flush: true })
  } catch (error) {
    throw new StorageError('STORAGE_UNUSABLE', { directory }, error)
  }
  try {
    await take(directory, path, claim)
  } finally {
    await rm(claim, { force: true })
  }
  return {
    async release() {
      if ((await readOwner(path)) === mine) await rm(path, { force: true })
    }
  }
}

/** `link` makes the lock appear whole and only if there is none: of several processes one wins. */
async function take(directory: string, path: string, claim: string): Promise<void> {
  if (await linked(directory, claim, path)) return
  // Of several processes that find the same stale lock, one at a time may judge and replace it
  const turn = `${path}.takeover`
  const deadline = Date.now() + maxTurnMs
  while (!(await linked(directory, claim, turn))) {
    if (Date.now() > deadline) await rm(turn, { force: true })
    await sleep(turnPollMs)
  }
  try {
    await replaceStale(directory, path, claim)
  } finally {
    await rm(turn, { force: true })
  }
}

/** A turn takes milliseconds: one older than this was left by a process that was killed in it. */
const maxTurnMs = 5_000
const turnPollMs = 20

async function replaceStale(directory: string, path: string, claim: string): Promise<void> {
  const owner = await readOwner(path)
  const pid = owner === null ? null : await livingPid(owner)
  if (pid !== null) throw new StorageError('STORAGE_LOCKED', { directory, pid })
  await rm(path, { force: true })
  // Somebody may have come first without a turn, in the moment without a lock
  if (!(await linked(directory, claim, path))) throw new StorageError('STORAGE_LOCKED', { directory })
}

async function linked(directory: string, claim: string, path: string): Promise<boolean> {
  try {
    await link(claim, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new StorageError('STORAGE_UNUSABLE', { directory }, error)
  }
}

async function readOwner(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

const ownerSchema = z.object({ pid: z.int().positive(), started: z.string().nullable() })

/** The owner's pid while that process lives; null once it has ended, also if its pid was given to another since. */
async function livingPid(owner: string): Promise<number | null> {
  const parsed = ownerSchema.safeParse(parseJson(owner))
  if (!parsed.success) return null
  const { pid, started } = parsed.data
  if (!isRunning(pid) || (await statOf(pid))?.[0] === zombie) return null
  const startedNow = await startOf(pid)
  return started !== null && startedNow !== null && started !== startedNow ? null : pid
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * When a process started, as boot and clock ticks since (proc(5), field 22): in a container a restarted service has the pid of the
 * one that crashed. null where /proc is missing.
 */
async function startOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await statOf(pid)
    return stat && `${boot.trim()} ${stat[19] ?? ''}`
  } catch {
    return null
  }
}

/** Ended, but its parent has not asked how: in a container without an init nobody ever may. */
const zombie = 'Z'

/** The fields of proc(5) stat from the third, the state, on. null where there is none. */
async function statOf(pid: number): Promise<readonly string[] | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
