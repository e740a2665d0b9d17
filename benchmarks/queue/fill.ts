// A step of bench:queue: enqueues, and prints the rate at every tenfold depth.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageNumber, openDeepQueue } from './deep-queue.ts'
import { rssAnonMiB } from './memory.ts'

const [directory = '', total = '0'] = process.argv.slice(2)
const messages = Number(total)
/** Doors accept side by side, and storage commits them as a group. */
const atOnce = 200
const { storage, queue } = await openDeepQueue(directory)
const curve: { at: number; perSecond: number; rssAnonMiB: number }[] = []
/** The rate is that of the last half before each mark. */
const marks = [10_000, 100_000, 1_000_000].filter((mark) => mark <= messages)
if (!marks.includes(messages)) marks.push(messages)
let since = { at: 0, time: performance.now() }

for (let at = 0; at < messages;) {
  const mark = marks.find((one) => one > at) ?? messages
  if (at >= mark * 0.5 && since.at < mark * 0.5) since = { at, time: performance.now() }
  const end = Math.min(at + atOnce, mark)
  const group: Promise<unknown>[] = []
  for (; at < end; at += 1) {
    const message = messageNumber(at)
    group.push(storage.transaction(() => queue.enqueue(message)))
  }
  await Promise.all(group)
  if (at === mark) {
    const perSecond = ((at - since.at) * 1_000) / (performance.now() - since.time)
    curve.push({ at, perSecond, rssAnonMiB: rssAnonMiB() })
  }
}
await storage.close()
process.stdout.write(JSON.stringify({ curve, bytesAMessage: (await sizeOf(directory)) / messages }))

async function sizeOf(path: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    bytes += entry.isDirectory() ? await sizeOf(inside) : (await stat(inside)).size
  }
  return bytes
}
