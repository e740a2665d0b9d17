import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { StorageError } from '../../service/storage/storage-error.ts'

/**
 * A process of its own for the tests, told what to do by its first argument; speaks in lines on standard output.
 * `write DIR`: writes for ever, eight at a time, and prints each key once its transaction has resolved.
 * `hold DIR`: opens and waits. `fill DIR`: writes until the disk refuses, makes room, and writes again.
 */
const [task = '', directory = ''] = process.argv.slice(2)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const storage = await openStorage({ directory })
  const table = storage.table<Uint8Array>('t')
  if (task === 'write') await writeForEver()
  if (task === 'fill') await fill()
  if (task === 'hold') {
    say('open')
    setInterval(() => undefined, 1_000)
  }

  async function writeForEver(): Promise<void> {
    let next = 0
    const write = async (): Promise<void> => {
      for (;;) {
        const key = next++
        await storage.transaction(() => table.put(key, new Uint8Array(5_000).fill(key % 251)))
        say(String(key))
      }
    }
    await Promise.all(Array.from({ length: 8 }, write))
  }

  async function fill(): Promise<void> {
    const ballast = join(directory, 'ballast')
    await writeFile(ballast, new Uint8Array(1_000_000))
    let written = 0
    const put = (key: number): Promise<void> =>
      storage.transaction(() => table.put(key, new Uint8Array(50_000)))
    try {
      for (;;) await put(written).then(() => (written += 1))
    } catch (error) {
      say(error instanceof StorageError ? error.code : String(error))
    }
    say(`kept ${written === table.count()}`)
    await rm(ballast)
    await put(written).then(() => say('recovered'))
    await storage.close()
  }
} catch (error) {
  say(
    error instanceof StorageError
      ? `${error.code} ${JSON.stringify(error.facts)} ${error.message}`
      : String(error)
  )
}
