import closeWithGrace from 'close-with-grace'
import type { Config } from '../config/config-schema.ts'
import { loadConfig } from '../config/load-config.ts'
import { startSluice, type Sluice } from '../main.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { configFileOf, readVersion, type CommandContext } from './frame/command-context.ts'
import { greet } from './views/greeting.ts'
import { logView } from './views/log-view.ts'
import type { Terminal } from './views/terminal.ts'

/** `sluice start`: runs until a signal ends it. Resolves once the service is ready; the process stays. */
export async function runStart(_options: object, context: CommandContext): Promise<undefined> {
  const { config, secrets } = loadConfig(configFileOf(context))
  const version = readVersion()
  const log = openLog(config, context)
  const startedAt = performance.now()
  const sluice = await startSluice(config, { log, version, adminToken: secrets.adminToken })
  endWithGrace(sluice, log, context.terminal)
  process.on('SIGHUP', () => void sluice.reload())
  const tookMs = performance.now() - startedAt
  const { terminal } = context
  if (context.json) terminal.printJson(readyLine(sluice, config, version))
  else await greet({ sluice, config, configuredToken: secrets.adminToken, version, tookMs, terminal })
}

/** The greeting for machines. */
function readyLine({ addresses, adminToken }: Sluice, { dataDir }: Config, version: string): object {
  return {
    event: 'service.ready',
    version,
    ...addresses,
    dataDir,
    ...(adminToken !== undefined && { adminToken })
  }
}

/** JSON lines for machines; a person at a terminal sees what needs attention, in words. */
function openLog({ log: { level, redact } }: Config, { json, terminal }: CommandContext): Logger {
  if (json || !terminal.isInteractive) return createLogger({ level, redact })
  return createLogger({ level: level === 'info' ? 'warn' : level, redact, destination: logView(terminal) })
}

/** Deliveries under way get this long to end; what is cut off is attempted again after the next start. */
const drainMs = 25_000
/** Ctrl-C reaches a child of npm twice: from the terminal, and passed on by npm. */
const sameSignalMs = 500

function endWithGrace(sluice: Sluice, log: Logger, terminal: Terminal): void {
  const close = closeWithGrace(
    { delay: drainMs, logger: false, skip: ['SIGINT', 'SIGTERM', 'SIGHUP'], onTimeout },
    async ({ err }) => {
      if (err !== undefined) log.error('service.failed', { error: err.stack ?? err.message })
      await sluice.close()
      log.info('service.stopped')
    }
  )
  let firstAt: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now()
    if (firstAt === undefined) {
      firstAt = now
      log.info('service.stopping', { signal })
      if (terminal.isInteractive) terminal.print('\nFinishing what is under way; once more to end at once.')
      close.close()
    } else if (now - firstAt > sameSignalMs) process.exit(1)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)

  function onTimeout(): void {
    log.warn('service.drain_timed_out', { drainMs })
  }
}
