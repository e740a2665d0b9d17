import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'

/** A directory of its own, removed after the test. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-storage-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** A real environment in a directory of its own, closed and removed after the test. */
export async function openTemporary(t: TestContext): Promise<Storage> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-storage-'))
  const storage = await openStorage({ directory })
  t.after(async () => {
    await storage.close()
    await rm(directory, { recursive: true, force: true })
  })
  return storage
}
