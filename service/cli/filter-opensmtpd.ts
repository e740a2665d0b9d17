import { readFileSync } from 'node:fs'
import { createAskSluice, type SluiceAddress } from '../doors/callouts/opensmtpd/ask-sluice.ts'
import { runFilter } from '../doors/callouts/opensmtpd/run-filter.ts'
import { createWriteLines } from '../doors/callouts/opensmtpd/write-lines.ts'
import { createLogger } from '../telemetry/logger.ts'
import { CliError, usageError } from './frame/cli-error.ts'
import { readVersion } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'

export interface FilterFlags {
  readonly url: string
  readonly socket?: string
  readonly onFailure: 'open' | 'closed'
  readonly timeoutMs: number
  readonly settingsId: string
  readonly passwordFile?: string
  readonly maxMessageBytes: number
  readonly maxMemoryBytes: number
}

/** `sluice filter opensmtpd`: runs until smtpd closes its side. Standard error is a part of smtpd's log. */
export async function filterOpensmtpd(flags: FilterFlags): Promise<number> {
  const { timeoutMs, settingsId, passwordFile } = flags
  const log = createLogger({ level: 'info', redact: true, destination: process.stderr })
  const password = passwordFile === undefined ? null : readPassword(passwordFile)
  const address = addressOf(flags)
  process.stdout.on('error', (error) => log.error('filter.output_broken', { error }))
  const ask = createAskSluice({ address, timeoutMs, settingsId, password, version: readVersion() })
  await runFilter({ ...flags, input: process.stdin, write: createWriteLines(process.stdout), ask, log })
  return exitCode('ok')
}

function addressOf({ url, socket }: FilterFlags): SluiceAddress {
  if (socket !== undefined) return { socketPath: socket }
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:')
    throw usageError(`--url ${url} is not an address such as http://127.0.0.1:11333`)
  // IPv6 addresses stand in brackets in a URL and nowhere else
  return { host: parsed.hostname.replace(/^\[(?<ip>.*)\]$/u, '$<ip>'), port: Number(parsed.port || 80) }
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n', 1)[0]?.trim() ?? ''
  } catch (cause) {
    throw new CliError(`--password-file ${file} cannot be read`, {
      cause,
      remedy: 'It has to be readable for the user that smtpd runs its filters as.'
    })
  }
}
