import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { startSink, type SmtpSink } from '../../helpers/smtp-sink.ts'
import { isRoot } from '../harness/as-root.ts'
import { onClose } from '../harness/closing.ts'
import { missing } from '../harness/programs.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { waitFor } from '../harness/wait-for.ts'
import { openService, routeTo, type DurableService } from './open-service.ts'

const large = 300_000
const mebibyte = 1_048_576

describe('a disk that fails refuses new mail for a while, loses none, and is used again by itself', () => {
  test('a disk that is full', { timeout: 60_000 }, async (t) => {
    const dataDir = await temporaryDirectory('full')
    if (!mounted(t, dataDir, 32)) return
    const { service, sink, accept, arrived } = await openHere(t, dataDir)
    await accept('before', large)
    const filler = join(dataDir, 'filler')
    await fill(dataDir, filler)
    for (const sizeBytes of [500, large])
      assert.match(
        await service.submit({ key: 'during', to: ['one@example.net'], sizeBytes }),
        /^452 4\.3\.1 /u
      )
    sink.open()
    await rm(filler)
    await accept('after', large)
    for (const key of ['before', 'after']) await arrived(key)
    assert.equal(sink.copies('during'), 0)
  })

  test('a disk that is full while messages are delivered', { timeout: 60_000 }, async (t) => {
    const dataDir = await temporaryDirectory('full')
    if (!mounted(t, dataDir, 32)) return
    const { service, sink, accept, arrived } = await openHere(t, dataDir)
    await accept('before', 500)
    const filler = join(dataDir, 'filler')
    await fill(dataDir, filler)
    sink.open()
    // What became of it cannot be written: at the latest after the next start it is tried again
    await rm(filler)
    await service.kill()
    await service.start()
    await arrived('before')
  })

  test('a spool that can only be read', { timeout: 60_000 }, async (t) => {
    const dataDir = await temporaryDirectory('read-only')
    const spool = join(dataDir, 'spool')
    await mkdir(spool, { mode: 0o700 })
    if (!mounted(t, spool, 8)) return
    const { service, sink, accept, arrived } = await openHere(t, dataDir)
    await accept('before', large)
    execFileSync('mount', ['-o', 'remount,ro', spool])
    const refused = await service.submit({ key: 'during', to: ['one@example.net'], sizeBytes: large })
    assert.match(refused, /^45[12] 4\.3\.[01] /u)
    // Small bodies lie in the store
    await accept('small', 500)
    sink.open()
    for (const key of ['before', 'small']) await arrived(key)
    execFileSync('mount', ['-o', 'remount,rw', spool])
    await accept('after', large)
    await arrived('after')
    assert.equal(sink.copies('during'), 0)
    assert.match(service.warnings(), /QUEUE_SPOOL_FAILED/u)
  })
})

/** A file system of its own in memory, this large. False: it cannot be had here, and the test is skipped. */
function mounted(t: TestContext, directory: string, mebibytes: number): boolean {
  if (!isRoot(t, 'a small file system')) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory], { stdio: 'pipe' })
  } catch (error) {
    return missing(t, `no file system can be mounted here: ${String(error)}`) ?? false
  }
  onClose(t, async () => void execFileSync('umount', ['--lazy', directory]))
  return true
}

/** To the last page. */
async function fill(directory: string, filler: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory)
  await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => undefined)
  const { bavail: left } = await statfs(directory)
  assert.ok(left * bsize < mebibyte, `${left * bsize} bytes are left`)
}

interface OpenHere {
  readonly service: DurableService
  readonly sink: SmtpSink & { open(): void; copies(key: string): number }
  readonly accept: (key: string, sizeBytes: number) => Promise<string>
  readonly arrived: (key: string) => Promise<unknown>
}

async function openHere(t: TestContext, dataDir: string): Promise<OpenHere> {
  let isOpen = false
  const mails = await startSink({ data: () => (isOpen ? null : '451 4.3.0 later') })
  onClose(t, () => mails.close())
  const service = await openService(t, {
    dataDir,
    routes: [routeTo(mails.port)],
    // The door's own look at the disk comes before: here it is the store that finds no room
    bounds: { minFreeDiskBytes: 0 },
    delivery: { firstRetryDelayMs: 50, maxRetryDelayMs: 100 }
  })
  await service.start()
  const copies = (key: string): number =>
    mails.mails.filter(({ data }) => data.includes(`X-Key: ${key}\r\n`)).length
  return {
    service,
    sink: { ...mails, open: () => void (isOpen = true), copies },
    accept: (key, sizeBytes) => service.accept({ key, to: ['one@example.net'], sizeBytes }),
    arrived: (key) => waitFor(`${key} arrives`, () => copies(key) > 0)
  }
}
