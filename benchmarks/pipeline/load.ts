import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endWithUs } from '../peers/end-with-us.ts'
import type { ProgramHome } from '../../test/integration/harness/programs.ts'
import { spamAssassinMessages, type BenchmarkMessage } from '../corpus.ts'

/** smtp-source(1), several at once, each with a sender and a text of its own. */
export interface Load {
  /** For the probes: as the others. */
  readonly example: BenchmarkMessage
  readonly meanBytes: number
  /** Sends `messages` over `connections` standing connections; resolves once all are answered, throws if one was refused. */
  send(port: number, messages: number, connections: number): Promise<void>
  close(): void
}

const senders = 4
const wantedBytes = 5_000

export function openLoad(postfix: ProgramHome): Load {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-load-'))
  const mails = fiveKilobytes()
  const files = mails.map(({ raw }, index) => {
    const file = join(directory, `mail-${index}`)
    writeFileSync(file, raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    return file
  })
  const [example] = mails
  if (example === undefined) throw new Error('the corpus holds no message of 5 kB')
  return {
    example,
    meanBytes: mails.reduce((sum, { raw }) => sum + raw.length, 0) / mails.length,
    async send(port, messages, connections) {
      await Promise.all(
        files.map((file, index) => {
          const share = (whole: number): string =>
            String(
              Math.floor(((index + 1) * whole) / files.length) - Math.floor((index * whole) / files.length)
            )
          const envelope = ['-f', `sender${index}@example.org`, '-t', `someone${index}@example.net`]
          const args = ['-d', '-F', file, '-s', share(connections), '-m', share(messages), ...envelope]
          return run(postfix, [...args, `127.0.0.1:${port}`])
        })
      )
    },
    close: () => rmSync(directory, { recursive: true, force: true })
  }
}

const distance = ({ raw }: BenchmarkMessage): number => Math.abs(raw.length - wantedBytes)

/** Honest messages nearest to 5 kB, text with its own words: both filters have something to read. */
function fiveKilobytes(): readonly BenchmarkMessage[] {
  const all = spamAssassinMessages(2_000, 'ham')
  return all
    .filter(({ raw }) => !raw.toString('latin1').startsWith('From '))
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, senders)
}

async function run(postfix: ProgramHome, args: readonly string[]): Promise<void> {
  const child = endWithUs(
    spawn(postfix.at('usr/sbin/smtp-source'), args, {
      env: { PATH: process.env['PATH'], ...postfix.env },
      stdio: ['ignore', 'ignore', 'pipe']
    })
  )
  let said = ''
  child.stderr.setEncoding('latin1').on('data', (text: string) => (said += text.slice(0, 2_000)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`smtp-source ended with ${String(code)}: ${said.trim()}`)
}
