// `npm run bench:queue`: a deep queue. The rate of enqueueing at 10 k, 100 k and 1 M messages, what the process keeps in memory, how soon
// the first message leaves after a restart, and how fast a deep queue drains to a sink. The whole takes about ten minutes and 8 GB of disk;
// `-- --messages 100000` takes under one.
import { spawn } from 'node:child_process'
import { rm, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    /** How long the deep queue is drained. */
    seconds: { type: 'string', default: '20' },
    directory: { type: 'string', default: tmpdir() }
  }
})
const messages = Number(values.messages)
/** Of one message with its records and indexes, for whoever has a small disk; measured below. */
const roomBytes = 6_000
const budget = { rssAnonMiB: 600, firstDeliveryMs: 15_000 }

const fillSchema = z.object({
  curve: z.array(z.object({ at: z.number(), perSecond: z.number(), rssAnonMiB: z.number() })),
  bytesAMessage: z.number()
})
const drainSchema = z.object({
  openedMs: z.number(),
  firstDeliveryMs: z.number(),
  deliveredPerSecond: z.number(),
  rssAnonMiB: z.number(),
  left: z.number()
})

const { bavail, bsize } = await statfs(values.directory)
if (bavail * bsize < messages * roomBytes) {
  console.error(`${values.directory} has no room for ${messages} messages: see --directory and --messages`)
  process.exit(1)
}
const directory = await mkdtemp(join(values.directory, 'sluice-queue-'))
try {
  const fill = fillSchema.parse(await step('fill'))
  console.table(
    fill.curve.map(({ at, perSecond, rssAnonMiB }) => ({
      messages: at,
      'enqueued/s': Math.round(perSecond),
      'RssAnon MiB': Math.round(rssAnonMiB)
    }))
  )
  const drain = drainSchema.parse(await step('drain'))
  const rates = fill.curve.map(({ perSecond }) => perSecond)
  console.table({
    'bytes on disk a message': { measured: Math.round(fill.bytesAMessage), budget: '' },
    'enqueue rate, last / first': {
      measured: ((rates.at(-1) ?? 0) / (rates[0] ?? 1)).toFixed(2),
      budget: '1 = flat'
    },
    'restart: opened, ms': { measured: Math.round(drain.openedMs), budget: '' },
    'restart: first delivery, ms': {
      measured: Math.round(drain.firstDeliveryMs),
      budget: budget.firstDeliveryMs
    },
    'delivered/s from the deep queue': { measured: Math.round(drain.deliveredPerSecond), budget: '' },
    'RssAnon MiB': { measured: Math.round(drain.rssAnonMiB), budget: budget.rssAnonMiB },
    'still queued': { measured: drain.left, budget: '' }
  })
} finally {
  await rm(directory, { recursive: true, force: true })
}

/** In a process of its own, as after a restart. */
function step(name: 'fill' | 'drain'): Promise<unknown> {
  const entry = fileURLToPath(new URL(`./queue/${name}.ts`, import.meta.url))
  const args = [entry, directory, String(messages), values.seconds]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(text))
      else reject(new Error(`${name} ended with ${code}`))
    })
  })
}
