import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './private-file.ts'

/** Where the running service listens; null: that listener is off. */
const addressesSchema = z.object({
  http: z.url(),
  smtp: z.object({
    host: z.string(),
    submission: z.int().nullable(),
    submissions: z.int().nullable(),
    relay: z.int().nullable()
  }),
  callouts: z.object({
    host: z.string(),
    rspamd: z.int().nullable(),
    policy: z.int().nullable(),
    milter: z.int().nullable()
  })
})
const runSchema = addressesSchema.extend({ pid: z.int(), startedAt: z.iso.datetime() })

export type RunningAddresses = z.output<typeof addressesSchema>
export type RunFile = z.output<typeof runSchema>

const nameOf = (dataDir: string): string => join(dataDir, 'run.json')

/** `<dataDir>/run.json`, by which commands find the running service. */
export async function writeRunFile(dataDir: string, run: RunFile): Promise<void> {
  await writePrivateFile(nameOf(dataDir), `${JSON.stringify(run, null, 2)}\n`)
}

/** undefined: no service says that it runs here. After a kill -9 the file may be stale: its pid tells. */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  try {
    const parsed = runSchema.safeParse(JSON.parse(await readFile(nameOf(dataDir), 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export async function removeRunFile(dataDir: string): Promise<void> {
  await rm(nameOf(dataDir), { force: true })
}
