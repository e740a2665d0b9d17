import { mkdir } from 'node:fs/promises'
import type { Config } from '../../config/config-schema.ts'
import { loadConfig } from '../../config/load-config.ts'
import { importAnswerSchema } from '../../contracts/history-import.ts'
import { CliError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withService } from '../running/private-service.ts'
import type { ServiceClient } from '../running/service-client.ts'
import { openProgressBars } from '../views/progress-bars.ts'
import { createCatalogue, placeOf, type Catalogue, type PastEntry } from './catalogue.ts'
import { checkSources, gatherPast, type PastSources } from './gather-past.ts'
import { createImportTally, type ImportTally } from './import-report.ts'
import { printImport } from './import-view.ts'
import { createPastFaultLog, whyOf, type PastFaultLog } from './past-faults.ts'
import { createPastReader, type PastReader } from './read-past.ts'
import { createUnpackedFiles } from './unpacked-files.ts'

export interface ImportFlags extends PastSources {
  /** The owner's submission servers, as their Received fields name them. */
  readonly receivedBy?: readonly string[]
}

type Progress = ReturnType<typeof openProgressBars>['progress']

/**
 * `sluice history import`: mail that was sent before becomes habits and history. First it is noted where every message lies, of whom and of
 * when; then they go to the service, an owner after the other, in the order of time. What was imported before is passed over, so that a run
 * that broke off goes on where it stopped.
 */
export async function importHistory(flags: ImportFlags, context: CommandContext): Promise<number> {
  checkSources(flags)
  const loaded = loadConfig(configFileOf(context))
  const startedAt = performance.now()
  const faults = createPastFaultLog()
  const catalogue = createCatalogue()
  const tally = createImportTally(faults)
  const files = createUnpackedFiles()
  const bars = openProgressBars()
  const receivedBy = new Set((flags.receivedBy ?? []).map((name) => name.toLowerCase()))
  const maxBytes = maxMessageBytes(loaded.config)
  let found = 0
  try {
    const counted = (): void => {
      found += 1
      if (found % 100 === 0) bars.progress('messages found', found, found)
    }
    await gatherPast(flags, {
      catalogue,
      faults,
      files,
      maxBytes,
      now: Date.now(),
      receivedBy,
      found: counted
    })
    if (catalogue.size > 0) {
      // Else it would be learned in a place that is gone at the end
      await mkdir(loaded.config.dataDir, { recursive: true })
      const reader = createPastReader({ receivedBy, maxBytes })
      await withService(loaded, ({ client }) =>
        send({ client, reader, catalogue, faults, tally, progress: bars.progress })
      ).finally(() => reader.close())
    }
  } finally {
    bars.end()
    await files.remove()
  }
  const report = tally.report(found, (performance.now() - startedAt) / 1000)
  if (context.json) context.terminal.printJson(report)
  else printImport(report, context.terminal)
  const { imported, known } = report.outcomes
  const isFailed = report.faults.FILE_UNREADABLE !== undefined || imported + known === 0
  return exitCode(isFailed ? 'fault' : 'ok')
}

/** What the service takes: a line is the message in base64, with its envelope around it. */
function maxMessageBytes({ http, smtp }: Config): number {
  return Math.min(smtp.maxMessageBytes, Math.floor(((http.bodyLimitBytes - aroundMessageBytes) / 4) * 3))
}

const aroundMessageBytes = 1_048_576

interface Sending {
  readonly client: ServiceClient
  readonly reader: PastReader
  readonly catalogue: Catalogue
  readonly faults: PastFaultLog
  readonly tally: ImportTally
  readonly progress: Progress
}

async function send({ client, reader, catalogue, faults, tally, progress }: Sending): Promise<void> {
  const asked: PastEntry[] = []
  const lines = linesOf(catalogue, reader, faults, (entry) => asked.push(entry))
  let done = 0
  try {
    for await (const answer of client.exchange('/v1/history/import', lines, importAnswerSchema)) {
      const entry = asked.shift()
      if (entry === undefined) return
      tally.add(entry, answer)
      done += 1
      if (done % 50 === 0 || done === catalogue.size) progress('messages imported', done, catalogue.size)
      if ('code' in answer && isEnd(answer.code)) throw brokeOff(done, answer.detail ?? answer.title)
    }
  } catch (error) {
    if (error instanceof CliError) throw error
    throw brokeOff(done, whyOf(error), error)
  }
}

/** The service cannot go on; what is wrong with one message is told in the report. */
function isEnd(code: string): boolean {
  return code === 'SHUTTING_DOWN' || code === 'UNAVAILABLE' || code === 'INTERNAL'
}

function brokeOff(done: number, why: string, cause?: unknown): CliError {
  return new CliError(`the import broke off after ${done} messages: ${why}`, {
    remedy: 'Run the same command again: what was imported is passed over.',
    cause
  })
}

/** A message that can't be read any more is told, and the next is sent. */
async function* linesOf(
  catalogue: Catalogue,
  reader: PastReader,
  faults: PastFaultLog,
  onSent: (entry: PastEntry) => void
): AsyncGenerator<string> {
  for (const entry of catalogue.inOrder()) {
    let line: string
    try {
      line = `${JSON.stringify(await reader.read(entry))}\n`
    } catch (error) {
      faults.add('FILE_UNREADABLE', placeOf(entry), whyOf(error))
      continue
    }
    onSent(entry)
    yield line
  }
}
