import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mail } from '../harness/mails.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'

export const rspamcCommand = 'usr/bin/rspamc'

/** What rspamc ended with. */
export interface Said {
  /** Its exit code. */
  readonly code: number
  readonly text: string
  readonly tookMs: number
}

/** Runs rspamc on a mail, with the envelope as its options. Never throws on what it says. */
export type RunRspamc = (mail: Mail, ...args: readonly string[]) => Promise<Said>

export async function createRspamc(home: ProgramHome, port: number): Promise<RunRspamc> {
  const directory = await temporaryDirectory('rspamc')
  return async function runRspamc(mail, ...args) {
    const file = join(directory, `${mail.messageId}.eml`)
    await writeFile(file, mail.raw, 'latin1')
    return await run(home, [`--connect=127.0.0.1:${port}`, ...envelopeOf(mail), ...args, file])
  }
}

function envelopeOf({ user, from, to }: Mail): string[] {
  return [
    `--user=${user}`,
    '--ip=127.0.0.1',
    '--helo=laptop.example.org',
    `--from=${from}`,
    ...to.map((recipient) => `--rcpt=${recipient}`)
  ]
}

function run({ at, env }: ProgramHome, args: readonly string[]): Promise<Said> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    execFile(at(rspamcCommand), args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0
      resolve({ code, text: `${stdout}${stderr}`, tookMs: performance.now() - startedAt })
    })
  })
}

const answerSchema = z.object({
  action: z.string(),
  score: z.number(),
  required_score: z.number(),
  symbols: z.record(
    z.string(),
    z.object({ score: z.number(), description: z.string(), options: z.array(z.string()) })
  ),
  messages: z.record(z.string(), z.string()),
  milter: z.object({ add_headers: z.record(z.string(), z.object({ value: z.string() })).optional() })
})

export type RspamcAnswer = z.output<typeof answerSchema>

/** What it prints with `--json`. */
export function answerOf({ text }: Said): RspamcAnswer {
  return answerSchema.parse(JSON.parse(text))
}
