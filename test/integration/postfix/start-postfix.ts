import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { ProgramHome } from '../harness/programs.ts'
import { addSaslUsers } from '../harness/sasl-users.ts'
import { startProgram } from '../harness/start-program.ts'
import type { Closing } from '../harness/closing.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { layOut, logFileOf, owner, type Layout } from './lay-out.ts'

const run = promisify(execFile)

export interface PostfixOptions extends Omit<Layout, 'directory'> {
  readonly postfix: ProgramHome
  readonly sasl: ProgramHome
}

export interface Postfix {
  readonly submissionPort: number
  /** Queue ids in the hold queue of mail from this sender. */
  heldFrom(sender: string): Promise<readonly string[]>
  /** Lets a held message go, and sends it at once. */
  release(queueId: string): Promise<void>
  log(): string
}

/** An instance of its own: configuration, queue and data below one temporary directory, its log with ours. */
export async function startPostfix(t: Closing, options: PostfixOptions): Promise<Postfix> {
  const { postfix, sasl } = options
  const directory = await temporaryDirectory('postfix')
  await chmod(directory, 0o755)
  await layOut({ ...options, directory })
  const configuration = join(directory, 'etc')
  await addSaslUsers(sasl, {
    configuration: join(configuration, 'sasl', 'smtpd.conf'),
    database: join(directory, 'sasldb'),
    owner: owner.uid
  })
  const env = { ...libraries(postfix, sasl), MAIL_CONFIG: configuration }
  const running = await startProgram(t, {
    name: 'postfix',
    path: postfix.at('usr/lib/postfix/sbin/master'),
    args: ['-c', configuration, '-s'],
    env,
    logFile: logFileOf(directory),
    readyPort: options.submissionPort
  })
  const command = async (name: string, ...args: string[]): Promise<string> =>
    (await run(postfix.at(`usr/sbin/${name}`), args, { env: { ...process.env, ...env } })).stdout
  return {
    submissionPort: options.submissionPort,
    heldFrom: async (sender) => heldIn(await command('postqueue', '-j'), sender),
    release: async (queueId) => {
      await command('postsuper', '-H', queueId)
      await command('postqueue', '-i', queueId)
    },
    log: () => running.log.text()
  }
}

export function libraries(...homes: readonly ProgramHome[]): Record<string, string> {
  const folders = homes.flatMap(({ env }) => env['LD_LIBRARY_PATH'] ?? [])
  const plugins = homes.flatMap(({ root, at }) => (root === '/' ? [] : at('usr/lib/x86_64-linux-gnu/sasl2')))
  return folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(':'), SASL_PATH: plugins.join(':') }
}

const entrySchema = z.object({ queue_name: z.string(), queue_id: z.string(), sender: z.string() })

/** postqueue(1) prints a line of JSON a message. */
function heldIn(lines: string, sender: string): readonly string[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)))
    .filter((entry) => entry.queue_name === 'hold' && entry.sender === sender)
    .map((entry) => entry.queue_id)
}
