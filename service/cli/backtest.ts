import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadConfig } from '../config/load-config.ts'
import { backtestSettings, type BacktestFlags } from './backtest-settings.ts'
import { backtestView } from './views/backtest-view.ts'
import { CliError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { openJsonLines } from './running/json-lines-file.ts'
import { openProgressBars } from './views/progress-bars.ts'
import { modelFaults, tellFault } from './frame/tell-faults.ts'
import { openTemporaryNetworks } from '../scoring/networks/temporary-networks.ts'

export interface BacktestCommandOptions extends BacktestFlags {
  readonly file: string
  /** A directory of models. */
  readonly models?: string
  /** Where the verdicts go. */
  readonly out?: string
  readonly seed: number
}

/**
 * `sluice backtest FILE`: how good the models are on mail of which somebody knows what it is. Touches neither a service nor its data.
 * Lines that can't be scored are told on standard error and counted; the run fails only where the file cannot be read to its end, or
 * nothing in it could be scored.
 */
export async function runBacktestCommand(
  options: BacktestCommandOptions,
  context: CommandContext
): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  const { file, seed } = options
  const totalKilobytes = Math.round((await sizeOf(file)) / 1024)
  const { chooseModels } = await import('../../training/backtest/choose-models.ts')
  const { runBacktest } = await import('../../training/backtest/backtest.ts')
  const { openBytes } = await import('../../training/backtest/open-bytes.ts')
  const directory = options.models === undefined ? null : resolve(options.models)
  const models = await chooseModels({ directory, backend: config.models.backend, log: modelFaults })
  const networks = await openTemporaryNetworks(config.dataDir)
  const answers = await openJsonLines(options.out)
  const bars = openProgressBars()
  const startedAt = performance.now()
  try {
    const summary = await runBacktest({
      ...backtestSettings(options, config, networks),
      models: models.scoring,
      background: models.background,
      bytes: openBytes(file, (bytes) => {
        if (totalKilobytes > 0) bars.progress('kilobytes read', Math.round(bytes / 1024), totalKilobytes)
      }),
      seed,
      onFault: (fault) => tellFault(file, fault),
      write: (answer) => answers.write(answer)
    })
    bars.end()
    const seconds = (performance.now() - startedAt) / 1000
    if (context.json) context.terminal.printJson({ file, seed, seconds, ...summary })
    else backtestView(summary, { seconds, terminal: context.terminal })
    const isWhole = summary.faults.every(({ code }) => code !== 'FILE_BROKEN')
    return exitCode(isWhole && summary.lines.scored > 0 ? 'ok' : 'fault')
  } finally {
    bars.end()
    await answers.close()
    await networks.close()
    models.close()
  }
}

/** 0 for standard input, whose end nobody knows. */
async function sizeOf(file: string): Promise<number> {
  if (file === '-') return 0
  const found = await stat(file)
  if (found.isDirectory()) throw new CliError(`${file}: is a directory; name a file`, { exit: 'usage' })
  return found.size
}
