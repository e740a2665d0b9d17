import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { test } from 'node:test'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { temporaryDirectory } from './open-temporary.ts'

const program = join(import.meta.dirname, 'storage-child.ts')

function start(task: string, directory: string): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [program, task, directory], { stdio: ['ignore', 'pipe', 'ignore'] })
}

async function lines(
  child: ChildProcessByStdio<null, Readable, null>,
  until: (line: string) => boolean
): Promise<string[]> {
  const seen: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line)
    if (until(line)) break
  }
  return seen
}

test('after kill -9 everything that a resolved transaction wrote is there', async (t) => {
  const directory = await temporaryDirectory(t)
  const child = start('write', directory)
  const written: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => {
    written.push(line)
    if (written.length === 300) child.kill('SIGKILL')
  })
  await once(reader, 'close')

  const storage = await openStorage({ directory })
  t.after(() => storage.close())
  const table = storage.table<Uint8Array>('t')

  assert.ok(written.length >= 300, written.join('\n'))
  for (const key of written.map(Number)) {
    assert.deepEqual(Uint8Array.from(table.get(key) ?? []), new Uint8Array(5_000).fill(key % 251))
  }
})

test('a second process is refused, told which process has the directory and what to do', async (t) => {
  const directory = await temporaryDirectory(t)
  const holder = start('hold', directory)
  t.after(() => holder.kill('SIGKILL'))
  await lines(holder, (line) => line === 'open')

  const [refusal = ''] = await lines(start('hold', directory), () => true)
  await assert.rejects(openStorage({ directory }), { code: 'STORAGE_LOCKED' })

  assert.match(refusal, new RegExp(`^STORAGE_LOCKED .*"pid":${holder.pid}.*Stop it`, 'u'))
})

test('a store that this process has open is refused too, and free after close', async (t) => {
  const directory = await temporaryDirectory(t)
  const first = await openStorage({ directory })

  await assert.rejects(openStorage({ directory }), {
    code: 'STORAGE_LOCKED',
    facts: { directory, pid: process.pid }
  })
  await first.close()

  await (await openStorage({ directory })).close()
})

test('the lock of a killed process is taken over, by one of several', async (t) => {
  const directory = await temporaryDirectory(t)
  const holder = start('hold', directory)
  await lines(holder, (line) => line === 'open')
  holder.kill('SIGKILL')
  await once(holder, 'exit')

  const openings = await Promise.allSettled(Array.from({ length: 5 }, () => openStorage({ directory })))

  const opened = openings.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(opened.length, 1)
  await Promise.all(opened.map((storage) => storage.close()))
})

test('a lock whose pid was given to another process since, or that is not readable, is stale', async (t) => {
  const directory = await temporaryDirectory(t)
  await (await openStorage({ directory })).close()
  const lock = join(directory, 'lock')
  const linux = process.platform === 'linux'

  for (const stale of [
    '',
    'not json',
    ...(linux ? [JSON.stringify({ pid: process.pid, started: 'boot 1' })] : [])
  ]) {
    await writeFile(lock, stale)
    const storage = await openStorage({ directory })
    assert.match(await readFile(lock, 'utf8'), new RegExp(`"pid":${process.pid}`, 'u'))
    await storage.close()
  }
})

const mounted = spawnSync('unshare', ['-rm', 'true']).status === 0

test(
  'a full disk is STORAGE_FULL, loses nothing, and writing goes on once there is room',
  { skip: mounted ? false : 'unshare -rm is not allowed here: no small disk to fill' },
  async (t) => {
    const directory = await temporaryDirectory(t)
    const command = `mount -t tmpfs -o size=6m none "$1" && exec "$2" "$3" fill "$1/data"`
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', command, 'sh', directory, process.execPath, program],
      { encoding: 'utf8', timeout: 60_000 }
    )
    if (/mount:.*(?:permission|denied)/iu.test(stderr)) return t.skip('mount is not allowed here')

    assert.deepEqual(stdout.trim().split('\n'), ['STORAGE_FULL', 'kept true', 'recovered'])
  }
)

test('a lock whose owner has ended is stale, even if nobody has collected that process', async (t) => {
  if (process.platform !== 'linux') return t.skip('needs /proc')
  const directory = await temporaryDirectory(t)
  // The shell becomes a sleep, which never asks after the child that the shell had
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => parent.kill('SIGKILL'))
  const [pid] = await lines(parent, () => true)
  await writeFile(join(directory, 'lock'), JSON.stringify({ pid: Number(pid), started: null }))

  const storage = await openWithin(directory, 5_000)

  assert.match(await readFile(join(directory, 'lock'), 'utf8'), new RegExp(`"pid":${process.pid}`, 'u'))
  await storage.close()
})

/** The child of the shell takes a moment to end. */
async function openWithin(directory: string, limitMs: number): ReturnType<typeof openStorage> {
  const deadline = Date.now() + limitMs
  for (;;) {
    try {
      return await openStorage({ directory })
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
