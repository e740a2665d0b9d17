import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mail } from './mails.ts'
import { findProgram } from './programs.ts'

/** A submission server on the loopback address. */
export interface SubmissionPlace {
  readonly port: number
  /** null: no AUTH. */
  readonly password: string | null
  readonly tls?: 'starttls' | 'none'
  /** How long a reply may take. Default 30 s. */
  readonly timeoutMs?: number
}

/** What became of one message at the SMTP level. */
export interface Sent {
  /** 2xx to the end of DATA. */
  readonly accepted: boolean
  /** The last reply to the transaction: to the end of DATA, or the one that ended it before. `''`: none came in time. */
  readonly reply: string
  /** Every reply, in order, its lines joined by `\n`. */
  readonly replies: readonly string[]
  readonly tookMs: number
  /** The whole conversation, for messages. */
  readonly transcript: string
}

/** Sends a mail byte for byte by swaks, as its user; never throws on what the server says. */
export async function sendBySwaks(mail: Mail, place: SubmissionPlace): Promise<Sent> {
  const swaks = findProgram('swaks', 'usr/bin/swaks')
  if (swaks === undefined) throw new Error('swaks is missing: install the Debian package swaks')
  const directory = await mkdtemp(join(tmpdir(), 'sluice-swaks-'))
  try {
    const file = join(directory, 'mail.eml')
    await writeFile(file, `${mail.raw.replaceAll(/^\./gmu, '..')}.`, 'latin1')
    const startedAt = performance.now()
    const transcript = await run(swaks.at('usr/bin/swaks'), toArguments(mail, place, file))
    return toSent(transcript, performance.now() - startedAt)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function toArguments(mail: Mail, place: SubmissionPlace, file: string): string[] {
  const { port, password, tls, timeoutMs = 30_000 } = place
  const auth = ['--auth=PLAIN', `--auth-user=${mail.user}`, `--auth-password=${password ?? ''}`]
  return [
    '--server=127.0.0.1',
    `--port=${port}`,
    '--helo=laptop.example.org',
    `--from=${mail.from}`,
    `--to=${mail.to.join(',')}`,
    `--timeout=${timeoutMs / 1_000}s`,
    '--no-data-fixup',
    `--data=@${file}`,
    '--no-info-hints',
    ...(tls === 'starttls' ? ['--tls'] : []),
    ...(password === null ? [] : auth)
  ]
}

/** swaks tells by its exit code where it went wrong; the transcript tells more, if there is one. */
function run(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile('perl', [path, ...args], { maxBuffer: 10_000_000 }, (error, stdout, stderr) =>
      resolve(stdout === '' && error !== null ? `${error.message}\n${stderr}` : stdout + stderr)
    )
  })
}

/** Lines of the server begin with `<-` (as hoped), `<**` (an error), or `<~` and `<~*` within TLS. */
const serverLine = /^<(?:-|~|\*\*|~\*) {1,2}(?<line>\d{3}[ -].*|\d{3})$/u
const quit = /^ ?[-~]> QUIT$/mu

function toSent(transcript: string, tookMs: number): Sent {
  const [conversation = '', farewell = ''] = transcript.split(quit, 2)
  const replies = repliesOf(conversation)
  const last = replies.at(-1) ?? ''
  // The text was asked for, and nothing was said to it
  const reply = last.startsWith('354') ? '' : last
  const isWhole = replies.some((one) => one.startsWith('354'))
  return {
    accepted: isWhole && reply.startsWith('2'),
    reply,
    replies: [...replies, ...repliesOf(farewell)],
    tookMs,
    transcript
  }
}

/** Replies of several lines have a hyphen after the code in all but the last (RFC 5321 section 4.2). */
function repliesOf(conversation: string): string[] {
  const lines = conversation
    .split('\n')
    .flatMap((line) => serverLine.exec(line.trimEnd())?.groups?.['line'] ?? [])
  return lines
    .join('\n')
    .split(/(?<=^\d{3}(?: .*)?)\n/mu)
    .filter((reply) => reply !== '')
}
